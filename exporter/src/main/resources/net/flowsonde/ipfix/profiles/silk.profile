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
[rules]
never 9999 1-32767 | libfixbuf keeps enterprise 9999 for what it translates from NetFlow v9
