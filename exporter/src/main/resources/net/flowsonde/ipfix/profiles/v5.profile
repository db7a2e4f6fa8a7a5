# NetFlow v5, whose record is fixed: what it has no room for is left out, IPv6 flows among that.
purpose collectors that take NetFlow v5 only
format netflow-v5
flows uniflow
options none
[flow]
sourceIPv4Address
destinationIPv4Address
ingressInterface = 0:10/2 ingressInterface unsigned16
egressInterface = 0:14/2 egressInterface unsigned16
packetDeltaCount = 0:2/4 packetDeltaCount unsigned32
octetDeltaCount = 0:1/4 octetDeltaCount unsigned32
flowStartNanoseconds = 0:22 flowStartSysUpTime unsigned32
flowEndNanoseconds = 0:21 flowEndSysUpTime unsigned32
sourceTransportPort
destinationTransportPort
tcpControlBits = 0:6/1 tcpControlBits unsigned16
protocolIdentifier
ipClassOfService
[rules]
transport udp | NetFlow v5 goes over UDP
