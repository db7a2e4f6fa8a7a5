package net.flowsonde.telemetry;

/**
 * Every count that Flowsonde keeps, named once for the final report, the options records and (later) SNMP and Prometheus.
 * A constant belongs to one {@link Scope}: the kind of thing (a queue, a collector, the export thread) that counts it.
 */
public enum Counter {
    // ---- capture, by queue
    FRAMES_CAPTURED(Scope.QUEUE, "frames that the kernel or the file gave us"),
    OCTETS_CAPTURED(Scope.QUEUE, "octets on the wire of those frames, link layer included"),
    FRAMES_OWN_TRAFFIC(Scope.QUEUE, "frames left out because they are our own export or management traffic"),
    FRAMES_BEFORE_START(Scope.QUEUE, "frames left out because they came before all queues of the interface had joined"),
    FRAMES_TRUNCATED(Scope.QUEUE, "frames captured shorter than they were on the wire"),
    FRAMES_OFFLOADED(Scope.QUEUE, "frames that stand for several wire packets (segmentation offload)"),
    KERNEL_DROPS(Scope.QUEUE, "frames that the kernel dropped because our buffer was full"),
    INTERFACE_DROPS(Scope.QUEUE, "frames that the network interface dropped"),
    CAPTURE_ERRORS(Scope.QUEUE, "errors of the capture handle, such as an interface that went down"),
    // not part of FRAMES_CAPTURED, as frames that a kernel filter leaves out are not either
    FRAMES_FILTERED(Scope.QUEUE, "frames of a file that the filter left out"),
    FRAMES_LOOPBACK_COPIES(Scope.QUEUE, "second sights of frames on the loopback interface, left out"),

    // ---- decode, by queue: one for each verdict of the decoder but DECODED
    DECODE_IPV4_OPTIONS_TRUNCATED(Scope.QUEUE, "IPv4 packets captured only to within their options"),
    DECODE_IPV4_LENGTH_BEYOND_FRAME(Scope.QUEUE, "IPv4 packets longer than their frame, so metered by it"),
    DECODE_IPV6_LENGTH_BEYOND_FRAME(Scope.QUEUE, "IPv6 packets longer than their frame, so metered by it"),
    DECODE_IPV6_EXTENSION_TRUNCATED(Scope.QUEUE, "IPv6 packets captured only to within an extension header"),
    DECODE_IPV6_EXTENSION_MALFORMED(Scope.QUEUE, "IPv6 packets with an extension header that is longer than the packet"),
    DECODE_IPV6_EXTENSION_LIMIT(Scope.QUEUE, "IPv6 packets with more extension headers than are followed"),
    DECODE_FRAGMENT_MALFORMED(Scope.QUEUE, "fragments beyond the largest datagram or of an impossible length"),
    DECODE_TCP_TRUNCATED(Scope.QUEUE, "TCP segments captured only to within their header"),
    DECODE_TCP_MALFORMED(Scope.QUEUE, "TCP segments whose header is shorter than 20 octets or longer than the packet"),
    DECODE_UDP_TRUNCATED(Scope.QUEUE, "UDP datagrams captured only to within their header"),
    DECODE_UDP_MALFORMED(Scope.QUEUE, "UDP datagrams whose length is below 8 octets or more than the packet holds"),
    DECODE_SCTP_TRUNCATED(Scope.QUEUE, "SCTP packets captured only to within their header"),
    DECODE_SCTP_MALFORMED(Scope.QUEUE, "SCTP packets too short for their header"),
    DECODE_DCCP_TRUNCATED(Scope.QUEUE, "DCCP packets captured only to within their header"),
    DECODE_DCCP_MALFORMED(Scope.QUEUE, "DCCP packets whose header is longer than the packet"),
    DECODE_ICMP_TRUNCATED(Scope.QUEUE, "ICMP and ICMPv6 messages captured only to within their header"),
    DECODE_ICMP_MALFORMED(Scope.QUEUE, "ICMP and ICMPv6 messages too short for their header"),
    DECODE_GRE_TRUNCATED(Scope.QUEUE, "GRE packets captured only to within their header"),
    DECODE_GRE_MALFORMED(Scope.QUEUE, "GRE packets of an unknown version or with a header longer than the packet"),
    DECODE_TUNNEL_PAYLOAD_TRUNCATED(Scope.QUEUE, "tunnel packets captured only to within the inner headers, metered as outer"),
    DECODE_TUNNEL_PAYLOAD_MALFORMED(Scope.QUEUE, "tunnel packets with malformed inner headers, metered as outer"),
    DECODE_NESTING_LIMIT(Scope.QUEUE, "packets in more tunnels than are followed; metered by the last header followed"),
    DECODE_ARP(Scope.QUEUE, "ARP and RARP frames"),
    DECODE_LLC(Scope.QUEUE, "IEEE 802.2 frames that carry no IP (spanning tree, IS-IS, CDP and such)"),
    DECODE_OTHER_ETHERTYPE(Scope.QUEUE, "frames of an EtherType that carries no IP"),
    DECODE_LINK_CONTROL(Scope.QUEUE, "frames of another protocol on links without EtherTypes (null, PPP, Cisco HDLC)"),
    DECODE_PPPOE_DISCOVERY(Scope.QUEUE, "PPPoE discovery frames"),
    DECODE_PPP_CONTROL(Scope.QUEUE, "PPP frames that carry no IP (LCP, authentication, network control)"),
    DECODE_MPLS_UNKNOWN_PAYLOAD(Scope.QUEUE, "MPLS frames whose payload is neither IP nor Ethernet"),
    DECODE_NSH_UNKNOWN_PAYLOAD(Scope.QUEUE, "NSH frames whose payload carries no IP"),
    DECODE_UNKNOWN_LINK_TYPE(Scope.QUEUE, "frames of a link type that is not decoded"),
    DECODE_LINK_TRUNCATED(Scope.QUEUE, "frames that end inside a link header other than Ethernet's"),
    DECODE_ETHERNET_TRUNCATED(Scope.QUEUE, "frames that end inside the Ethernet header"),
    DECODE_VLAN_TRUNCATED(Scope.QUEUE, "frames that end inside an IEEE 802.1Q tag"),
    DECODE_VN_TAG_TRUNCATED(Scope.QUEUE, "frames that end inside a VN-tag"),
    DECODE_E_TAG_TRUNCATED(Scope.QUEUE, "frames that end inside an IEEE 802.1BR E-tag"),
    DECODE_LLC_TRUNCATED(Scope.QUEUE, "frames that end inside the IEEE 802.2 header"),
    DECODE_MPLS_TRUNCATED(Scope.QUEUE, "frames that end inside the MPLS label stack"),
    DECODE_PPPOE_TRUNCATED(Scope.QUEUE, "frames that end inside the PPPoE header"),
    DECODE_PPPOE_MALFORMED(Scope.QUEUE, "PPPoE session frames of an unknown version or type"),
    DECODE_PPP_TRUNCATED(Scope.QUEUE, "frames that end inside the PPP header"),
    DECODE_NSH_TRUNCATED(Scope.QUEUE, "frames that end inside the network service header"),
    DECODE_NSH_MALFORMED(Scope.QUEUE, "network service headers of an unknown version or an impossible length"),
    DECODE_IP_VERSION_UNKNOWN(Scope.QUEUE, "packets on a raw IP link or in a tunnel that are neither IPv4 nor IPv6"),
    DECODE_IPV4_TRUNCATED(Scope.QUEUE, "frames that end inside the IPv4 header"),
    DECODE_IPV4_MALFORMED_VERSION(Scope.QUEUE, "packets announced as IPv4 with another version in their header"),
    DECODE_IPV4_MALFORMED_HEADER_LENGTH(Scope.QUEUE, "IPv4 packets with a header below 20 octets or above the total length"),
    DECODE_IPV4_MALFORMED_TOTAL_LENGTH(Scope.QUEUE, "IPv4 packets whose total length is below 20 octets"),
    DECODE_IPV6_TRUNCATED(Scope.QUEUE, "frames that end inside the IPv6 header"),
    DECODE_IPV6_MALFORMED_VERSION(Scope.QUEUE, "packets announced as IPv6 with another version in their header"),
    DECODE_TOO_MANY_LAYERS(Scope.QUEUE, "frames with more layers than are followed and no IP header among them"),

    // ---- fragments, by queue
    FRAGMENTS(Scope.QUEUE, "fragments of IP datagrams"),
    FRAGMENTS_HELD(Scope.QUEUE, "fragments that came before the first of their datagram and waited for it"),
    FRAGMENTS_WITHOUT_FIRST(Scope.QUEUE, "fragments metered without ports because the first of their datagram never came"),
    FRAGMENTED_DATAGRAMS(Scope.QUEUE, "datagrams that came in fragments"),
    FRAGMENTED_DATAGRAMS_COMPLETE(Scope.QUEUE, "datagrams that were put together from their fragments"),
    FRAGMENTED_DATAGRAMS_TIMED_OUT(Scope.QUEUE, "datagrams with holes that were given up after 30 seconds or at the end"),
    FRAGMENTED_DATAGRAMS_EVICTED(Scope.QUEUE, "incomplete datagrams given up early because too many were under way"),
    FRAGMENT_OVERLAPS(Scope.QUEUE, "fragments that overlap an earlier one of their datagram (teardrop); the earlier octets win"),
    FRAGMENT_ENDS_DIFFER(Scope.QUEUE, "fragments that contradict the end of their datagram"),
    FRAGMENT_OVERSIZE(Scope.QUEUE, "fragments that reach beyond 65,535 octets"),
    FRAGMENT_LENGTHS_UNALIGNED(Scope.QUEUE, "fragments before the last that are empty or no multiple of eight octets"),
    FRAGMENT_HOLES_EXCEEDED(Scope.QUEUE, "datagrams not put together because they had too many holes at once"),
    FRAGMENTS_CUT(Scope.QUEUE, "datagrams not put together because a fragment was captured cut"),
    FRAGMENT_BUFFERS_EXHAUSTED(Scope.QUEUE, "datagrams not put together because all buffers were in use"),

    // ---- the account of a queue: FRAMES_CAPTURED = FRAMES_OWN_TRAFFIC + FRAMES_BEFORE_START + FRAMES_METERED + FRAMES_NOT_METERED
    FRAMES_METERED(Scope.QUEUE, "frames counted in a flow"),
    FRAMES_NOT_METERED(Scope.QUEUE, "frames without an IP packet that could be metered"),
    PACKETS_METERED(Scope.QUEUE, "packets on the wire that those frames stand for"),
    OCTETS_METERED(Scope.QUEUE, "octets of those packets, from the IP header on"),
    FRAMES_COALESCED(Scope.QUEUE, "frames metered as several packets, by the kernel's segment size or by an estimate"),
    FRAMES_ESTIMATED(Scope.QUEUE, "coalesced frames whose packets are an estimate from segment size or MTU"),
    ICMP_ERRORS_TIED(Scope.QUEUE, "ICMP errors that quoted a packet of a flow in the cache"),
    FLOWS_CREATED(Scope.QUEUE, "flows opened"),
    FLOWS_ACTIVE(Scope.QUEUE, Kind.GAUGE, "flows in the cache that have something to export"),
    FLOWS_PEAK(Scope.QUEUE, Kind.GAUGE, "most flows that were in the cache at one time"),
    FLOWS_DORMANT(Scope.QUEUE, Kind.GAUGE, "silent TCP connections that are remembered although their record has been exported"),
    EMERGENCY_EXPIRIES(Scope.QUEUE, "flows that had to leave a full cache"),
    // once every flow is flushed: FRAMES_METERED = FRAMES_RECORDED + FRAMES_RING_FULL, and the same for packets and octets
    RECORDS_CREATED(Scope.QUEUE, "flow records finished and handed to the export thread"),
    RECORDS_IDLE(Scope.QUEUE, "those of them with flowEndReason 1, idle timeout"),
    RECORDS_ACTIVE(Scope.QUEUE, "those of them with flowEndReason 2, active timeout"),
    RECORDS_END_DETECTED(Scope.QUEUE, "those of them with flowEndReason 3, end of flow detected"),
    RECORDS_FORCED(Scope.QUEUE, "those of them with flowEndReason 4, forced end"),
    RECORDS_LACK_OF_RESOURCES(Scope.QUEUE, "those of them with flowEndReason 5, lack of resources"),
    RECORDS_RING_FULL(Scope.QUEUE, "flow records dropped because the export thread did not keep up"),
    FRAMES_RECORDED(Scope.QUEUE, "frames counted in the records that were handed over"),
    PACKETS_RECORDED(Scope.QUEUE, "packets counted in the records that were handed over"),
    OCTETS_RECORDED(Scope.QUEUE, "octets counted in the records that were handed over"),
    FRAMES_RING_FULL(Scope.QUEUE, "frames counted in the records that were dropped"),
    PACKETS_RING_FULL(Scope.QUEUE, "packets counted in the records that were dropped"),
    OCTETS_RING_FULL(Scope.QUEUE, "octets counted in the records that were dropped"),

    // ---- dissection of payload, by queue
    DPI_FLOWS_CLAIMED(Scope.QUEUE, "flows found to speak a protocol that is dissected"),
    DPI_FLOWS_EVICTED(Scope.QUEUE, "TCP flows no longer looked into because too many were at one time"),
    DPI_STREAMS(Scope.QUEUE, Kind.GAUGE, "TCP flows that are looked into now"),
    DPI_STREAM_OCTETS_HELD(Scope.QUEUE, Kind.GAUGE, "octets of blocks held now for unfinished messages and behind holes"),
    DPI_SEGMENTS_HELD(Scope.QUEUE, "segments that came ahead of others and waited for them"),
    DPI_GAPS(Scope.QUEUE, "holes in dissected streams that were given up"),
    DPI_GAP_OCTETS(Scope.QUEUE, "octets of those holes, with what was kept of the messages that they broke"),
    DPI_MESSAGES_TOO_LONG(Scope.QUEUE, "messages given up because no room was left to keep their beginning"),

    // ---- DNS, by queue: DNS_MESSAGES = DNS_QUERIES + DNS_ANSWERS + DNS_NOT_DNS, but for those captured to less than a header
    DNS_MESSAGES(Scope.QUEUE, "messages on the ports of DNS and its kin, and of DNS found on others"),
    DNS_QUERIES(Scope.QUEUE, "those of them that ask"),
    DNS_ANSWERS(Scope.QUEUE, "those of them that answer"),
    DNS_NOT_DNS(Scope.QUEUE, "those of them that are no messages; of a TCP flow its beginning"),
    DNS_TRANSACTIONS(Scope.QUEUE, "DNS transactions handed to the export thread"),
    DNS_TRANSACTIONS_DROPPED(Scope.QUEUE, "DNS transactions dropped because flows needed the room"),
    DNS_UNANSWERED(Scope.QUEUE, "queries without an answer within the timeout"),
    DNS_UNSOLICITED(Scope.QUEUE, "answers without a query"),
    DNS_SECOND_ANSWERS(Scope.QUEUE, "answers to queries that had been answered already"),
    DNS_DIFFERENT_ANSWERS(Scope.QUEUE, "second answers that differ from the first"),
    DNS_QUESTION_DIFFERS(Scope.QUEUE, "answers without a query whose identifier was awaited for another question"),
    DNS_RETRIES(Scope.QUEUE, "queries that were sent again before an answer came"),
    DNS_TRUNCATED(Scope.QUEUE, "transactions with an answer that was cut by its sender"),
    DNS_TRUNCATION_RETRIED(Scope.QUEUE, "those of them that were joined with their retry over TCP"),
    DNS_MULTICAST(Scope.QUEUE, "messages to groups of hosts, which are not paired"),
    DNS_TRAILING_OCTETS(Scope.QUEUE, "transactions with octets after the last record of a message"),
    DNS_ZERO_FILLED(Scope.QUEUE, "transactions with a message that is filled up with zeros after its last record"),
    DNS_MALFORMED(Scope.QUEUE, "transactions with a message that breaks off or contradicts itself, by cause:"),
    DNS_BAD_POINTER(Scope.QUEUE, "a compression pointer does not point backward"),
    DNS_BAD_NAME(Scope.QUEUE, "a name is too long or of a reserved form"),
    DNS_COUNT_TOO_LARGE(Scope.QUEUE, "the header counts more entries than there are"),
    DNS_SEVERAL_OPT(Scope.QUEUE, "transactions with more than one OPT record, or one in the wrong section"),
    DNS_CAPTURE_CUT(Scope.QUEUE, "messages that were captured incompletely"),
    DNS_RECORDS_CUT(Scope.QUEUE, "transactions with more records than are kept"),
    DNS_STREAM_GAPS(Scope.QUEUE, "holes in streams of DNS, after which the next message was looked for"),
    DNS_OVER_TLS_FLOWS(Scope.QUEUE, "flows of DNS over TLS"),
    DNS_OVER_QUIC_FLOWS(Scope.QUEUE, "flows of DNS over QUIC"),
    DNS_OVER_HTTPS_FLOWS(Scope.QUEUE, "flows of DNS over HTTPS, known by their resolver"),
    DNS_PENDING(Scope.QUEUE, Kind.GAUGE, "DNS transactions that wait for an answer, or for a second one"),
    DNS_PENDING_EVICTED(Scope.QUEUE, "DNS transactions let go early because too many were under way"),
    DNS_SERVER_HINTS(Scope.QUEUE, "hints passed on that told a client or a network which DNS servers to ask (DHCP, router advertisements)"),
    DNS_SERVER_HINTS_DROPPED(Scope.QUEUE, "hints which DNS servers to ask that were not passed on because flows needed the room"),
    DNS_SERVER_HINTS_MALFORMED(Scope.QUEUE, "DHCP messages and router advertisements with an option that goes on beyond their end"),

    // ---- files, by queue
    FILE_RECORDS_CREATED(Scope.QUEUE, "file access records handed to the export thread, logons among them"),
    FILE_RECORDS_RING_FULL(Scope.QUEUE, "file access records dropped because the export thread did not keep up"),
    SMB_CONNECTIONS(Scope.QUEUE, "TCP connections that spoke SMB"),
    SMB_COMMANDS(Scope.QUEUE, "messages of SMB, those of a compound each"),
    SMB_MESSAGES_ENCRYPTED(Scope.QUEUE, "messages of SMB that were encrypted"),
    SMB_MESSAGES_COMPRESSED(Scope.QUEUE, "messages of SMB that were compressed"),
    SMB_FRAMES_MALFORMED(Scope.QUEUE, "places in SMB connections where no frame was, so that the next had to be searched for"),
    SMB_GAPS(Scope.QUEUE, "holes in SMB connections after which the next frame had to be searched for"),
    SMB_MESSAGES_PASSED(Scope.QUEUE, "messages of SMB passed to the queue that keeps their session (multichannel)"),
    SMB_MESSAGES_PASSED_DROPPED(Scope.QUEUE, "messages of SMB not passed to the queue that keeps their session, because it was behind"),
    SMB_CHANNELS_EVICTED(Scope.QUEUE, "connections of other queues forgotten because too many were remembered (multichannel)"),
    SMB_TICKETS_KNOWN(Scope.QUEUE, "users of SMB known by the Kerberos ticket that they showed"),
    SMB_SESSIONS(Scope.QUEUE, Kind.GAUGE, "users' sessions of SMB that are remembered now"),
    SMB_FILES_OPEN(Scope.QUEUE, Kind.GAUGE, "files open over SMB now"),
    SMB_SESSIONS_EVICTED(Scope.QUEUE, "users' sessions of SMB forgotten because too many were remembered"),
    SMB_TREES_EVICTED(Scope.QUEUE, "connections to shares forgotten because too many were remembered"),
    SMB_FILES_EVICTED(Scope.QUEUE, "open files told of before their end because too many were open"),
    SMB_REQUESTS_EVICTED(Scope.QUEUE, "requests of SMB given up because too many waited for an answer"),
    SMB_TRANSACTIONS_JOINED(Scope.QUEUE, "transactions of SMB1 that were put together from several messages"),
    SMB_TRANSACTIONS_INCOMPLETE(Scope.QUEUE, "transactions of SMB1 in several messages of which not all had come at their end"),
    SMB_TRANSACTIONS_EVICTED(Scope.QUEUE, "transactions of SMB1 in several messages given up because too many were being put together"),
    SMB_TRANSACTION_PARTS_REFUSED(Scope.QUEUE, "messages of transactions of SMB1 that fit no transaction, or not the rest of theirs"),

    // ---- NFS, by queue
    KRB_MESSAGES(Scope.QUEUE, "messages between clients and key servers of Kerberos"),
    KRB_MESSAGES_MALFORMED(Scope.QUEUE, "what came in place of a message of Kerberos"),
    KRB_TICKETS_LEARNT(Scope.QUEUE, "tickets of Kerberos seen with the name of their user"),
    KRB_TICKETS_EVICTED(Scope.QUEUE, "tickets of Kerberos forgotten because too many were remembered"),
    KRB_TICKETS_BUSY(Scope.QUEUE, "tickets of Kerberos not remembered because another queue was writing in the same place"),
    NFS_CONNECTIONS(Scope.QUEUE, "TCP connections that spoke ONC RPC"),
    NFS_CALLS(Scope.QUEUE, "calls of NFS, MOUNT and the port mapper"),
    NFS_CALLS_PENDING(Scope.QUEUE, Kind.GAUGE, "calls of NFS that wait for their reply now"),
    NFS_CALLS_REPEATED(Scope.QUEUE, "calls of NFS that came again and were counted once"),
    NFS_CALLS_UNANSWERED(Scope.QUEUE, "calls of NFS without a reply within two minutes"),
    NFS_CALLS_EVICTED(Scope.QUEUE, "calls of NFS forgotten because too many waited for their replies"),
    NFS_CALLS_ENCRYPTED(Scope.QUEUE, "calls of NFS with encrypted arguments (Kerberos privacy)"),
    NFS_REPLIES_UNMATCHED(Scope.QUEUE, "replies of ONC RPC to calls that were not seen or were answered before"),
    NFS_MESSAGES_MALFORMED(Scope.QUEUE, "messages of NFS that end within a field or hold what cannot be"),
    NFS_MESSAGES_TOO_LONG(Scope.QUEUE, "messages of NFS given up because one of their parts is too long"),
    NFS_STREAM_LOSSES(Scope.QUEUE, "times that the beginning of the next NFS message was lost and looked for"),
    NFS_LOOKUPS_IN_VAIN(Scope.QUEUE, "names looked up over NFS that were not there"),
    NFS_FILES_OPEN(Scope.QUEUE, Kind.GAUGE, "files open or in use over NFS now"),
    NFS_FILES_EVICTED(Scope.QUEUE, "files over NFS whose record was ended early because too many were in use"),
    NFS_USES_PASSED(Scope.QUEUE, "calls of NFS whose outcome was passed to the queue that keeps the file (trunking, nconnect, reconnects)"),
    NFS_USES_PASSED_DROPPED(Scope.QUEUE, "outcomes not passed to the queue that keeps the file, because it was behind"),
    NFS_KEEPERS_LOST(Scope.QUEUE, "files over NFS that other queues cannot find any more, because too many are remembered"),
    NFS_HANDLES_EVICTED(Scope.QUEUE, "names of NFS handles forgotten to make room for others"),
    NFS_HANDLES_BUSY(Scope.QUEUE, "names of NFS handles not kept because another queue was writing beside them"),

    // ---- the account of the export thread: sum of RECORDS_CREATED over queues = RECORDS_RECEIVED
    RECORDS_RECEIVED(Scope.EXPORT, "flow records taken over by the export thread"),
    RECORD_PACKETS_RECEIVED(Scope.EXPORT, "packets counted in those records, both directions"),
    RECORD_OCTETS_RECEIVED(Scope.EXPORT, "octets counted in those records, both directions"),

    METADATA_RECORDS_RECEIVED(Scope.EXPORT, "records of other kinds than flows taken over by the export thread"),
    // ---- names and DNS, by the export thread
    DNS_TRANSACTIONS_RECEIVED(Scope.EXPORT, "DNS transactions taken over by the export thread"),
    NAMES_LEARNED(Scope.EXPORT, "names of addresses learned from DNS answers"),
    NAMES_KNOWN(Scope.EXPORT, Kind.GAUGE, "names of addresses that are remembered now"),
    NAMES_EVICTED(Scope.EXPORT, "names of addresses forgotten because there were too many"),
    RECORDS_AWAITED(Scope.EXPORT, "flow records that waited until every queue had come to their start"),
    RECORDS_NOT_AWAITED(Scope.EXPORT, "flow records that were named although a queue had not come to their start in time"),
    RECORDS_NAMED(Scope.EXPORT, "flow records with a name for one of their ends"),
    RECORDS_WITHOUT_DNS(Scope.EXPORT, "flow records marked because no DNS answer gave their client the server's address"),
    DNS_SERVERS_KNOWN(Scope.EXPORT, Kind.GAUGE, "DNS servers that are remembered now"),
    DNS_SERVERS_EVICTED(Scope.EXPORT, "DNS servers forgotten because there were too many"),
    DNS_FLOWS_EVICTED(Scope.EXPORT, "flows whose DNS messages were forgotten because too many were remembered"),
    DNS_WATCHES_EVICTED(Scope.EXPORT, "clients and domains that detectors forgot because there were too many"),

    // ---- what is made of file accesses
    FILE_RECORDS_SUPPRESSED(Scope.EXPORT, "file access records not exported one by one because their client had too many"),
    FILE_FLOWS_EVICTED(Scope.EXPORT, "flows whose files were forgotten because too many were remembered"),
    FILE_USERS_EVICTED(Scope.EXPORT, "users of clients forgotten because too many were remembered"),
    FILE_USER_NUMBERS_UNREADABLE(Scope.EXPORT, "times that the file with the names of users had changed and could not be read"),
    FILE_ACTORS_EVICTED(Scope.EXPORT, "users no longer watched for ransomware signals because too many were active"),
    FILE_SHARES_EVICTED(Scope.EXPORT, "shares whose known endings of names were forgotten because there were too many"),
    FILE_SERVERS_EVICTED(Scope.EXPORT, "file servers that left the inventory because there were too many"),

    // ---- the account of a collector, once it is flushed: RECORDS_OFFERED + RECORDS_RECOVERED = RECORDS_SENT + RECORDS_DROPPED +
    // ---- RECORDS_SPOOLED. Offered is less than received where a collector was added or taken out by a reload
    RECORDS_OFFERED(Scope.COLLECTOR, "flow records that were to go to the collector"),
    RECORD_PACKETS_OFFERED(Scope.COLLECTOR, "packets counted in the flow records that were to go to the collector"),
    RECORD_OCTETS_OFFERED(Scope.COLLECTOR, "octets counted in the flow records that were to go to the collector"),
    RECORDS_SENT(Scope.COLLECTOR, "flow records sent, and acknowledged by the host of the collector where the transport tells"),
    RECORDS_RESENT(Scope.COLLECTOR, "flow records sent once more after a session broke, as they may not have been read"),
    RECORDS_RECOVERED(Scope.COLLECTOR, "flow records found in the spool of an earlier run"),
    RECORD_PACKETS_RECOVERED(Scope.COLLECTOR, "packets counted in those records"),
    RECORD_OCTETS_RECOVERED(Scope.COLLECTOR, "octets counted in those records"),
    RECORDS_SPOOLED(Scope.COLLECTOR, "flow records that stay in the spool for the next run"),
    RECORD_PACKETS_SPOOLED(Scope.COLLECTOR, "packets counted in those records"),
    RECORD_OCTETS_SPOOLED(Scope.COLLECTOR, "octets counted in those records"),
    RECORDS_DROPPED(Scope.COLLECTOR, "flow records dropped because the collector was away or did not keep up"),
    // RECORDS_DROPPED = RECORDS_REFUSED + RECORDS_FORCED_OUT + RECORDS_LOST; the packets and octets of the records sent and dropped add up alike
    RECORDS_REFUSED(Scope.COLLECTOR, "flow records dropped before they were on their way: collector away, queue or disk full"),
    RECORDS_FORCED_OUT(Scope.COLLECTOR, "flow records dropped, the oldest first, because the spool (or without one the memory) was full"),
    RECORDS_LOST(Scope.COLLECTOR, "flow records dropped on their way: the connection broke or the network refused them"),
    RECORD_PACKETS_SENT(Scope.COLLECTOR, "packets counted in the flow records sent"),
    RECORD_OCTETS_SENT(Scope.COLLECTOR, "octets counted in the flow records sent"),
    RECORD_PACKETS_DROPPED(Scope.COLLECTOR, "packets counted in the flow records dropped"),
    RECORD_OCTETS_DROPPED(Scope.COLLECTOR, "octets counted in the flow records dropped"),
    // the same sums hold for these
    METADATA_RECORDS_OFFERED(Scope.COLLECTOR, "records of other kinds than flows that were to go to the collector"),
    METADATA_RECORDS_SENT(Scope.COLLECTOR, "records of other kinds than flows sent"),
    METADATA_RECORDS_DROPPED(Scope.COLLECTOR, "records of other kinds than flows dropped because the collector was away or did not keep up"),
    METADATA_RECORDS_RECOVERED(Scope.COLLECTOR, "records of other kinds than flows found in the spool of an earlier run"),
    METADATA_RECORDS_SPOOLED(Scope.COLLECTOR, "records of other kinds than flows that stay in the spool for the next run"),
    FLOWS_LEFT_OUT(Scope.COLLECTOR, "flow records left out because the collector's format has no place for them (IPv6 in NetFlow v5)"),
    RECORDS_CUT(Scope.COLLECTOR, "records whose longest values were cut to fit a message"),
    OPTIONS_RECORDS_SENT(Scope.COLLECTOR, "options data records sent"),
    TEMPLATE_MESSAGES_SENT(Scope.COLLECTOR, "messages with templates sent"),
    MESSAGES_SENT(Scope.COLLECTOR, "messages sent"),
    MESSAGES_LOST(Scope.COLLECTOR, "messages lost on their way"),
    OCTETS_SENT(Scope.COLLECTOR, "octets of the messages sent"),
    SESSIONS_OPENED(Scope.COLLECTOR, "transport sessions opened with the collector"),
    SESSIONS_BROKEN(Scope.COLLECTOR, "transport sessions that the collector or the network ended"),
    CONNECT_FAILURES(Scope.COLLECTOR, "attempts to reach the collector that failed"),
    PORT_UNREACHABLE(Scope.COLLECTOR, "messages answered with ICMP port unreachable"),
    TLS_FAILURES(Scope.COLLECTOR, "sessions that TLS refused: a certificate, a name, a version, or no TLS at the other end"),
    CERTIFICATES_RELOADED(Scope.COLLECTOR, "times that certificates or keys were read again because their files had changed"),
    SPOOL_ERRORS(Scope.COLLECTOR, "errors of the disk under the spool"),
    SPOOL_ENTRIES_SKIPPED(Scope.COLLECTOR, "entries of the spool that were skipped: torn, damaged, or behind a damaged template"),
    SEND_ERRORS(Scope.COLLECTOR, "errors of the socket or the file that sends"),

    // ---- alerts
    ALERTS_RAISED(Scope.ALERTS, "alerts raised"),
    ALERTS_SUPPRESSED(Scope.ALERTS, "alerts held back because the same was raised within the cool-down"),
    ALERTS_OVER_LIMIT(Scope.ALERTS, "alerts held back because there were too many of their kind in a minute"),
    ALERTS_DROPPED(Scope.ALERTS, "times that a listener (alert records, notifications) did not take an alert in time"),
    NOTIFICATIONS_SENT(Scope.ALERTS, "SNMP notifications sent, and confirmed where they are informs"),
    NOTIFICATIONS_FAILED(Scope.ALERTS, "SNMP notifications that could not be sent or were never confirmed");

    /** What kind of thing counts. */
    public enum Scope { QUEUE, EXPORT, COLLECTOR, ALERTS }

    /** How a value moves. */
    public enum Kind {
        /** Only grows. */
        COUNTER,
        /** Grows and shrinks. */
        GAUGE
    }

    private final Scope scope;
    private final Kind kind;
    private final String description;

    Counter(final Scope scope, final String description) {
        this(scope, Kind.COUNTER, description);
    }

    Counter(final Scope scope, final Kind kind, final String description) {
        this.scope = scope;
        this.kind = kind;
        this.description = description;
    }

    public Scope scope() {
        return scope;
    }

    public Kind kind() {
        return kind;
    }

    /** One line for documentation and options records; no full stop. */
    public String description() {
        return description;
    }
}
