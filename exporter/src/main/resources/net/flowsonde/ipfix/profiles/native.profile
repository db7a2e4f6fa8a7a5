# Everything we know, under our own elements where IANA has none.
purpose IPFIX collectors that take element descriptions (RFC 5610), or our files for libfixbuf, ipfixcol2 and Wireshark
format ipfix
flows biflow
options all
[flow]
*
[dns]
*
[file]
*
[fileActivity]
*
[alert]
*
