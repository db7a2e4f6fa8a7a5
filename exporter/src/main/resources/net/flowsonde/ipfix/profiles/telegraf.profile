# The netflow input of Telegraf. The elements of ntop (35632) are named by the CSV that ships with it, ours by the one that
# "flowsonde collector-files" writes.
purpose the netflow input of Telegraf
format ipfix
flows uniflow
options all
[flow]
*
flowStartNanoseconds = 0:152 flowStartMilliseconds dateTimeMilliseconds
flowEndNanoseconds = 0:153 flowEndMilliseconds dateTimeMilliseconds
tcpControlBits = 0:6/1 tcpControlBits unsigned16
clientName = 35632:491 SRC_HOST_NAME string
serverName = 35632:492 DST_HOST_NAME string
tcpRetransmittedPackets = 35632:109 RETRANSMITTED_IN_PKTS unsigned32
tcpOutOfOrderPackets = 35632:111 OOORDER_IN_PKTS unsigned32
tcpHandshakeClientRtt = 35632:123 CLIENT_NW_LATENCY_MS unsigned32 by 2000
tcpHandshakeServerRtt = 35632:124 SERVER_NW_LATENCY_MS unsigned32 by 2000
applicationResponseTime = 35632:125 APPL_LATENCY_MS unsigned32 by 1000
[dns]
*
-dnsRecordList
flowStartNanoseconds = 0:152 flowStartMilliseconds dateTimeMilliseconds
flowEndNanoseconds = 0:153 flowEndMilliseconds dateTimeMilliseconds
[file]
*
flowStartNanoseconds = 0:152 flowStartMilliseconds dateTimeMilliseconds
flowEndNanoseconds = 0:153 flowEndMilliseconds dateTimeMilliseconds
[fileActivity]
*
flowStartNanoseconds = 0:152 flowStartMilliseconds dateTimeMilliseconds
flowEndNanoseconds = 0:153 flowEndMilliseconds dateTimeMilliseconds
[alert]
*
observationTimeNanoseconds = 0:323 observationTimeMilliseconds dateTimeMilliseconds
[rules]
transport udp | the netflow input of Telegraf listens on UDP only
numbers 1 2 4 8 | Telegraf reads numbers of 1, 2, 4 and 8 octets only
no-lists | Telegraf leaves lists out
