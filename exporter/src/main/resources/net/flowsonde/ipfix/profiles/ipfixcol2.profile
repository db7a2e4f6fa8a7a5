# ipfixcol2 with libfds. Elements of ours are named once the XML file that "flowsonde collector-files" writes is installed.
purpose ipfixcol2
format ipfix
flows biflow
options all
[flow]
*
tcpRetransmittedPackets = 39499:71 npmTcpRetransmission unsigned32
tcpOutOfOrderPackets = 39499:72 npmTcpOutOfOrder unsigned32
filePath = 39499:152 smbFile octetArray
[dns]
*
dnsQueryName = 6871:179 dnsQName string
dnsQueryType = 6871:175 dnsQRType unsigned16
dnsResponseCode = 6871:177/1 dnsNXDomain unsigned8
dnsMinimumTtl = 6871:199 dnsTTL unsigned32
dnsId = 6871:226 dnsID unsigned16
dnsFlags = 6871:174/1 dnsQueryResponse unsigned8 by 32768
[file]
*
fileShare = 39499:151 smbTree octetArray
filePath = 39499:152 smbFile octetArray
[fileActivity]
*
[alert]
*
[rules]
transport udp tcp | ipfixcol2 takes IPFIX over UDP and TCP, not over TLS
