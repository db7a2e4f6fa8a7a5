# nfacctd of pmacct 1.7. The label (43874:3) needs no primitives file; the rest of what is not native is named by the one that
# "flowsonde collector-files" writes.
purpose nfacctd of pmacct
format ipfix
flows uniflow
options interfaces
options-text fixed
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
transportOctetDeltaCount
ipClassOfService
minimumTTL
flowLabelIPv6
ingressInterface
egressInterface
sourceMacAddress
destinationMacAddress
dot1qVlanId
dot1qCustomerVlanId
mplsTopLabelStackSection
icmpTypeCodeIPv4
icmpTypeCodeIPv6
layer2SegmentId
tcpControlBits = 0:6/1 tcpControlBits unsigned16
tcpRstTotalCount
tcpRetransmittedPackets
tcpOutOfOrderPackets
tcpHandshakeServerRtt
tcpHandshakeClientRtt
applicationResponseTime
clientName
serverName
userName = 0:371/64 userName string
filePath
fileOperation
tcpTeardownReason
tcpTeardownInitiator
tcpTeardownPhase
tcpTeardownImpact
flowSummary = 43874:3 label string
[file]
flowId
sourceIPv4Address
destinationIPv4Address
sourceIPv6Address
destinationIPv6Address
sourceTransportPort
destinationTransportPort
flowStartNanoseconds = 0:152 flowStartMilliseconds dateTimeMilliseconds
flowEndNanoseconds = 0:153 flowEndMilliseconds dateTimeMilliseconds
userName = 0:371/64 userName string
fileProtocol
fileOperation
fileResult
fileShare
filePath
fileSecondPath
fileReadOctets
fileWriteOctets
[rules]
transport udp | nfacctd listens on UDP only
length 0:6 1 | nfacctd 1.7.7 reads flags of two octets as 0
numbers 1 2 3 4 8 | nfacctd reads counters of other lengths as 0
distinct-numbers | nfacctd finds only the first of two elements with one number, whatever their enterprises
fixed-text-below 384 | nfacctd 1.7.7 shows a text of variable length under such a number of IANA as empty
fixed-text 128 | nfacctd loses its place in a record behind a text of more than 128 octets of a fixed length
never 29305 1-32767 | nfacctd counts nothing of the reverse direction; a profile of uniflows does
