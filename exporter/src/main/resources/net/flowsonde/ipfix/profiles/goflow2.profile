# goflow2 v3. Own elements are named by the mapping file that "flowsonde collector-files" writes.
purpose goflow2
format ipfix
flows uniflow
options none
[flow]
sourceIPv4Address
destinationIPv4Address
sourceIPv6Address
destinationIPv6Address
sourceTransportPort
destinationTransportPort
protocolIdentifier
biflowDirection
flowStartNanoseconds = 0:152 flowStartMilliseconds dateTimeMilliseconds
flowEndNanoseconds = 0:153 flowEndMilliseconds dateTimeMilliseconds
flowEndReason
flowId
octetDeltaCount
packetDeltaCount
ipClassOfService
minimumTTL
flowLabelIPv6
ingressInterface
egressInterface
sourceMacAddress
destinationMacAddress
dot1qVlanId = 0:58 vlanId unsigned16
mplsTopLabelStackSection
icmpTypeCodeIPv4
icmpTypeCodeIPv6
tcpControlBits = 0:6/1 tcpControlBits unsigned16
tcpRstTotalCount
tcpRetransmittedPackets
tcpOutOfOrderPackets
tcpHandshakeServerRtt
tcpHandshakeClientRtt
applicationResponseTime
clientName
serverName
userName
filePath
fileOperation
tcpTeardownReason
tcpTeardownInitiator
tcpTeardownPhase
tcpTeardownImpact
[rules]
transport udp | goflow2 listens on UDP only
never 0 23-24 85-86 | goflow2 does not read totals, and puts post counters over the octets and packets of the flow
never 0 180-183 | goflow2 does not read the ports of these elements; 7 and 11 it does
numbers 1 2 3 4 8 | goflow2 gives up a whole message over a number of another length
fixed-field | goflow2 gives up a message with a template that has no field of a fixed length
never 29305 1-32767 | goflow2 counts nothing of the reverse direction; a profile of uniflows does
no-lists | goflow2 cannot read lists
