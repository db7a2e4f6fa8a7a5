# NetFlow secure event logging as firewalls send it: one event a record, in NetFlow v9. The extended event (33002) is our reason of a
# TCP teardown, the user name (40000) the user of the flow.
purpose collectors of firewall events
format netflow-v9
flows biflow
options none
[flow]
flowId = 0:148/4 NF_F_CONN_ID unsigned32
sourceIPv4Address
destinationIPv4Address
sourceIPv6Address
destinationIPv6Address
sourceTransportPort
destinationTransportPort
ingressInterface
egressInterface
protocolIdentifier
icmpTypeCodeIPv4 = 0:32 ICMP_TYPE unsigned16
icmpTypeCodeIPv6 = 0:32 ICMP_TYPE unsigned16
firewallEvent = 0:233 NF_F_FW_EVENT unsigned8
tcpTeardownReason = 0:33002/2 NF_F_FW_EXT_EVENT unsigned16
eventTime = 0:323 NF_F_EVENT_TIME_MSEC dateTimeMilliseconds
flowStartNanoseconds = 0:152 NF_F_FLOW_CREATE_TIME_MSEC dateTimeMilliseconds
flowEndNanoseconds = 0:153 flowEndMilliseconds dateTimeMilliseconds
tcpControlBits = 0:6/1 TCP_FLAGS unsigned16
userName = 0:40000/65 NF_F_USERNAME string
octetDeltaCount = 0:231 NF_F_FWD_FLOW_DELTA_BYTES unsigned64
packetDeltaCount = 0:298 NF_F_FWD_FLOW_DELTA_PACKETS unsigned64
reverseOctetDeltaCount = 0:232 NF_F_REV_FLOW_DELTA_BYTES unsigned64
reversePacketDeltaCount = 0:299 NF_F_REV_FLOW_DELTA_PACKETS unsigned64
[rules]
transport udp | NetFlow v9 goes over UDP
enterprises 0 | NetFlow v9 has no enterprise numbers
no-lists | NetFlow v9 has no lists
