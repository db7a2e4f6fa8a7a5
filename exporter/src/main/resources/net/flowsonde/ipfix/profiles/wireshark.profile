# Wireshark and tshark. Elements of ntop (35632) where they are named; ours are shown as octets of an enterprise field.
purpose Wireshark and tshark
format ipfix
flows biflow
options all
[flow]
*
clientName = 13745:101 client_hostname string
serverName = 13745:103 server_hostname string
tcpRetransmittedPackets = 35632:109 RETRANSMITTED_IN_PKTS unsigned32
reverseTcpRetransmittedPackets = 35632:110 RETRANSMITTED_OUT_PKTS unsigned32
tcpOutOfOrderPackets = 35632:111 OOORDER_IN_PKTS unsigned32
reverseTcpOutOfOrderPackets = 35632:112 OOORDER_OUT_PKTS unsigned32
tcpHandshakeClientRtt = 35632:123 CLIENT_NW_LATENCY_MS unsigned32 by 2000
tcpHandshakeServerRtt = 35632:124 SERVER_NW_LATENCY_MS unsigned32 by 2000
applicationResponseTime = 35632:125 APPL_LATENCY_MS unsigned32 by 1000
tcpMaximumSegmentSize = 35632:417 TCP_WIN_MSS_IN unsigned16
reverseTcpMaximumSegmentSize = 35632:421 TCP_WIN_MSS_OUT unsigned16
[dns]
*
[file]
*
[fileActivity]
*
[alert]
*
[rules]
never 9 12235 | Wireshark takes the first six octets of this element for something else
