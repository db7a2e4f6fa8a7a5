# ipfixcol2 with libfds. Elements of ours are named once the XML file that "flowsonde collector-files" writes is installed.
purpose ipfixcol2
format ipfix
flows biflow
options all
[flow]
*
tcpRetransmittedPackets = 39499:71 npmTcpRetransmission unsigned32
tcpOutOfOrderPackets = 39499:72 npmTcpOutOfOrder unsigned32
[dns]
*
[file]
*
[fileActivity]
*
[alert]
*
[rules]
transport udp tcp | ipfixcol2 takes IPFIX over UDP and TCP, not over TLS
