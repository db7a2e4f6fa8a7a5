# nfcapd of nfdump 1.7. It keeps 16 bits of an enterprise number and skips what it does not know.
purpose nfcapd of nfdump
format ipfix
flows uniflow
options interfaces
options-text fixed
[flow]
flowId
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
octetDeltaCount
packetDeltaCount
reverseOctetDeltaCount
reversePacketDeltaCount
ipClassOfService
minimumTTL
maximumTTL
ingressInterface
egressInterface
sourceMacAddress
destinationMacAddress
dot1qVlanId
dot1qCustomerVlanId
mplsTopLabelStackSection
icmpTypeCodeIPv4
icmpTypeCodeIPv6
tcpControlBits = 0:6/1 tcpControlBits unsigned16
dnsMessage = 6871:18 payload octetArray
[rules]
transport udp | nfcapd listens on UDP only
only 29305 1-2 | nfcapd takes other elements of enterprise 29305 for those of the forward direction, and overwrites them
cut-enterprises 0 9 637 6871 29305 | nfcapd keeps 16 bits of an enterprise number and takes this one for another
never 0 156-157 | nfdump shows the times of nanosecond elements as 0
no-lists | nfcapd drops the rest of a set behind a list that it cannot read
