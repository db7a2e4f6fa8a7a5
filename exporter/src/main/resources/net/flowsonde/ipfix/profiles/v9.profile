# NetFlow v9 (RFC 3954) with the fields that every old collector knows.
purpose collectors that take NetFlow v9
format netflow-v9
flows uniflow
options none
[flow]
flowStartNanoseconds = 0:22 FIRST_SWITCHED unsigned32
flowEndNanoseconds = 0:21 LAST_SWITCHED unsigned32
octetDeltaCount
packetDeltaCount
sourceIPv4Address
destinationIPv4Address
sourceIPv6Address
destinationIPv6Address
sourceTransportPort
destinationTransportPort
protocolIdentifier
tcpControlBits = 0:6/1 TCP_FLAGS unsigned8
ipClassOfService
ingressInterface
egressInterface
ipVersion = 0:60 IP_PROTOCOL_VERSION unsigned8
minimumTTL
maximumTTL
sourceMacAddress
destinationMacAddress
dot1qVlanId = 0:58 SRC_VLAN unsigned16
mplsTopLabelStackSection
flowLabelIPv6
icmpTypeCodeIPv4 = 0:32 ICMP_TYPE unsigned16
icmpTypeCodeIPv6 = 0:32 ICMP_TYPE unsigned16
[rules]
transport udp | NetFlow v9 goes over UDP
enterprises 0 | NetFlow v9 has no enterprise numbers
no-lists | NetFlow v9 has no lists
