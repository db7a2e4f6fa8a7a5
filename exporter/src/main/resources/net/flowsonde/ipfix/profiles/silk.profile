# libfixbuf's tools: super_mediator, SiLK's rwflowpack. Elements of CERT (6871) where YAF has them.
purpose SiLK, super_mediator and other tools of libfixbuf
format ipfix
flows biflow
options all
[flow]
*
flowStartNanoseconds = 0:152 flowStartMilliseconds dateTimeMilliseconds
flowEndNanoseconds = 0:153 flowEndMilliseconds dateTimeMilliseconds
reverseFlowStartNanoseconds = 29305:152 reverseFlowStartMilliseconds dateTimeMilliseconds
dot1qVlanId = 0:58 vlanId unsigned16
[dns]
*
flowStartNanoseconds = 0:152 flowStartMilliseconds dateTimeMilliseconds
flowEndNanoseconds = 0:153 flowEndMilliseconds dateTimeMilliseconds
dnsQueryName = 6871:179 dnsQName string
dnsQueryType = 6871:175 dnsQRType unsigned16
dnsResponseCode = 6871:177/1 dnsNXDomain unsigned8
dnsMinimumTtl = 6871:199 dnsTTL unsigned32
dnsId = 6871:226 dnsID unsigned16
dnsFlags = 6871:174/1 dnsQueryResponse unsigned8 by 32768
dnsRecordList = 0:292 subTemplateList subTemplateList
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
never 9999 1-32767 | libfixbuf keeps enterprise 9999 for what it translates from NetFlow v9
