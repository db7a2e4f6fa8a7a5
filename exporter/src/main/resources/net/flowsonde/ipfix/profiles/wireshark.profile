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
dnsQueryName = 35632:205 DNS_QUERY string
dnsId = 35632:206 DNS_QUERY_ID unsigned16
dnsQueryType = 3054:272 dnsQueryType unsigned16
dnsResponseCode = 35632:208/1 DNS_RET_CODE unsigned8
dnsAnswerCount = 35632:209/1 DNS_NUM_ANSWERS unsigned8
dnsMinimumTtl = 35632:352 DNS_TTL_ANSWER unsigned32
dnsAnswers = 35632:398 DNS_RESPONSE string
dnsRecordList = 0:292 subTemplateList subTemplateList
[file]
*
[fileActivity]
*
[alert]
*
[rules]
never 9 12235 | Wireshark takes the first six octets of this element for something else
