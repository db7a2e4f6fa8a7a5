# logstash-codec-netflow 4.3. One unknown element costs a whole template, so there are only elements of its tables; own elements can
# be added in a profile of your own once the definitions that "flowsonde collector-files" writes are loaded.
purpose logstash-codec-netflow
format ipfix
flows biflow
options meteringStatistics meteringReliability exportingReliability interfaces
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
reverseFlowStartNanoseconds = 29305:152 reverseFlowStartMilliseconds dateTimeMilliseconds
flowEndReason
octetDeltaCount
reverseOctetDeltaCount
packetDeltaCount
reversePacketDeltaCount
transportOctetDeltaCount
reverseTransportOctetDeltaCount
ipClassOfService
reverseIpClassOfService
minimumTTL
reverseMinimumTTL
maximumTTL
reverseMaximumTTL
flowLabelIPv6
icmpTypeCodeIPv4
reverseIcmpTypeCodeIPv4
icmpTypeCodeIPv6
reverseIcmpTypeCodeIPv6
ingressInterface
egressInterface
sourceMacAddress
destinationMacAddress
dot1qVlanId
dot1qCustomerVlanId
mplsTopLabelStackSection
layer2SegmentId
tcpControlBits = 0:6/1 tcpControlBits unsigned16
reverseTcpControlBits = 29305:6/1 reverseTcpControlBits unsigned16
tcpWindowSize
reverseTcpWindowSize
tcpWindowScale
reverseTcpWindowScale
tcpRstTotalCount
reverseTcpRstTotalCount
serverName = 15397:18 proceraServerHostname string
userName
[dns]
flowId
sourceIPv4Address
destinationIPv4Address
sourceIPv6Address
destinationIPv6Address
sourceTransportPort
destinationTransportPort
protocolIdentifier
flowStartNanoseconds = 0:152 flowStartMilliseconds dateTimeMilliseconds
flowEndNanoseconds = 0:153 flowEndMilliseconds dateTimeMilliseconds
dnsQueryName = 6871:179 dnsQName string
dnsQueryType = 6871:175 dnsQRType unsigned16
dnsResponseCode = 6871:177/1 dnsNXDomain unsigned8
dnsMinimumTtl = 6871:199 dnsTTL unsigned32
dnsId = 6871:226 dnsID unsigned16
dnsFlags = 6871:174/1 dnsQueryResponse unsigned8 by 32768
[rules]
transport udp | the codec of Logstash takes each datagram for one message, so that it goes with the udp input
only 0 1-433 | the codec rejects a whole template over an element that it does not know, and knows IANA's up to 433
only 29305 1-433 | the codec rejects a whole template over an element that it does not know, and knows the reverse ones up to 433
never 6871 14-15 16398-16399 288 223 219 185 245 250 508 | the codec has another type for this element and loses its place in the record
never 6871 32 41-42 106 111-112 117 122-123 196 205 225 300 463-466 509 943 | the codec does not know this element and rejects the template
only 15397 1-12 15-47 | the codec rejects a whole template over an element that it does not know, and knows these of Procera
enterprises 0 29305 6871 15397 own | the codec rejects a whole template over an element of another enterprise, unless its definitions are loaded
