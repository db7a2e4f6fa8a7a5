package net.flowsonde.ipfix;

import static net.flowsonde.ipfix.DataType.DATE_TIME_NANOSECONDS;
import static net.flowsonde.ipfix.DataType.IPV4_ADDRESS;
import static net.flowsonde.ipfix.DataType.IPV6_ADDRESS;
import static net.flowsonde.ipfix.DataType.STRING;
import static net.flowsonde.ipfix.DataType.SUB_TEMPLATE_LIST;
import static net.flowsonde.ipfix.DataType.UNSIGNED16;
import static net.flowsonde.ipfix.DataType.UNSIGNED32;
import static net.flowsonde.ipfix.DataType.UNSIGNED64;
import static net.flowsonde.ipfix.DataType.UNSIGNED8;
import static net.flowsonde.ipfix.Semantics.DEFAULT;
import static net.flowsonde.ipfix.Semantics.DELTA_COUNTER;
import static net.flowsonde.ipfix.Semantics.FLAGS;
import static net.flowsonde.ipfix.Semantics.IDENTIFIER;
import static net.flowsonde.ipfix.Semantics.LIST;
import static net.flowsonde.ipfix.Semantics.QUANTITY;
import static net.flowsonde.ipfix.Semantics.TOTAL_COUNTER;

import java.util.List;

/**
 * Our own elements, for what IANA has no element for. Ids are frozen once released: a new element takes the next free id of its block, an
 * id is never given a new meaning. With {@link Element#REVERSE_BIT} set an id means the same for the reverse direction.
 * <pre>
 *      1 -    31  capture and flow
 *     32 -    95  TCP teardown
 *     96 -   159  TCP and application performance
 *    160 -   191  tunnels
 *    192 -   255  telemetry and names of codes (options records)
 *    256 -   511  names and DNS
 *    512 -   767  files, shares and users
 *    768 -  1023  other applications
 *   1024 -  1279  alerts
 * </pre>
 */
final class OwnElements {
    // ---- 1 to 31: capture and flow
    final Element capturedFrameDeltaCount;
    final Element fragmentDeltaCount;
    final Element flowMarks;
    // ---- 32 to 95: TCP teardown
    final Element tcpTeardownReason;
    final Element tcpTeardownInitiator;
    final Element tcpTeardownPhase;
    final Element tcpTeardownImpact;
    final Element tcpUnackedOctets;
    final Element tcpIdleBeforeTeardownMs;
    final Element tcpResetEvidence;
    final Element tcpResetMptcpReason;
    final Element tcpTtlRst;
    final Element tcpConnectionHistory;
    // ---- 96 to 159: TCP and application performance
    final Element tcpHandshakeServerRtt;
    final Element tcpHandshakeClientRtt;
    final Element applicationResponseTime;
    final Element tcpRetransmittedPackets;
    final Element tcpOutOfOrderPackets;
    final Element tcpZeroWindowPackets;
    final Element tcpMaximumSegmentSize;
    // ---- 160 to 191: tunnels
    final Element tunnelType;
    final Element tunnelId;
    final Element tunnelSourceIPv4Address;
    final Element tunnelDestinationIPv4Address;
    final Element tunnelSourceIPv6Address;
    final Element tunnelDestinationIPv6Address;
    // ---- 192 to 255: telemetry and names of codes
    final Element counterName;
    final Element counterOwner;
    final Element counterValue;
    final Element tcpTeardownReasonName;
    final Element tunnelTypeName;

    // ---- 256 to 271: names of a flow's ends
    final Element serverName;
    final Element serverCanonicalName;
    final Element clientName;
    final Element nameSource;
    final Element nameAge;
    final Element nameCandidates;
    // ---- 272 to 303: DNS transactions
    final Element dnsQueryName;
    final Element dnsQueryType;
    final Element dnsQueryClass;
    final Element dnsId;
    final Element dnsFlags;
    final Element dnsTransport;
    final Element dnsUdpPayloadSize;
    final Element dnsResponseCode;
    final Element dnsResponseTime;
    final Element dnsRetries;
    final Element dnsMarks;
    final Element dnsQueryLength;
    final Element dnsAnswerLength;
    final Element dnsTrailingOctets;
    final Element dnsAnswerCount;
    final Element dnsAuthorityCount;
    final Element dnsAdditionalCount;
    final Element dnsMinimumTtl;
    final Element dnsAnswers;
    final Element dnsRecordList;
    final Element dnsRecordName;
    final Element dnsRecordType;
    final Element dnsRecordClass;
    final Element dnsRecordTtl;
    final Element dnsRecordSection;
    final Element dnsRecordData;
    final Element dnsMarkBit;
    final Element dnsMarkName;
    final Element dnsMarkDescription;
    // ---- 304 to 319: DNS servers (options records)
    final Element dnsServerFirstSeen;
    final Element dnsServerLastSeen;
    final Element dnsServerClients;
    final Element dnsServerQueries;
    final Element dnsServerAnswers;
    final Element dnsServerNoErrors;
    final Element dnsServerNxDomains;
    final Element dnsServerFailures;
    final Element dnsServerRefused;
    final Element dnsServerOtherErrors;
    final Element dnsServerMeanResponseTime;
    final Element dnsServerTraits;
    final Element dnsServerTransports;
    // ---- 512 to 767: files, shares and users
    final Element fileProtocol;
    final Element fileOperation;
    final Element fileResult;
    final Element fileStatus;
    final Element fileShare;
    final Element filePath;
    final Element fileSecondPath;
    final Element filePathHash;
    final Element fileReadOctets;
    final Element fileWriteOctets;
    final Element fileReadOperations;
    final Element fileWriteOperations;
    final Element fileSizeAtOpen;
    final Element fileSizeAtClose;
    final Element fileMarks;
    final Element fileUserDomain;
    final Element fileWorkstation;
    final Element fileAuthentication;
    final Element fileSessionId;
    final Element userSource;
    // ---- 544 to 575: what a user did, and the signals of ransomware
    final Element fileAccesses;
    final Element filesRead;
    final Element filesWritten;
    final Element filesCreated;
    final Element filesDeleted;
    final Element filesRenamed;
    final Element fileFailures;
    final Element fileRecordsSuppressed;
    /** By the order of the signals. */
    final List<Element> fileSignals;
    final Element ransomwareScore;
    final Element filesDestroyedPercent;
    final Element fileAccessesDeniedPercent;
    // ---- 1,024 to 1,055: alerts
    final Element alertKind;
    final Element alertName;
    final Element alertSeverity;
    final Element alertSubject;
    final Element alertText;
    final Element alertValue;
    final Element alertThreshold;
    final Element alertSuppressed;


    private final long enterpriseNumber;

    OwnElements(final long enterpriseNumber) {
        this.enterpriseNumber = enterpriseNumber;

        capturedFrameDeltaCount = own(1, "capturedFrameDeltaCount", UNSIGNED64, DELTA_COUNTER, Units.FRAMES,
            "Frames as captured since the previous record; fewer than packetDeltaCount where offload had coalesced packets");
        fragmentDeltaCount = own(2, "fragmentDeltaCount", UNSIGNED32, DELTA_COUNTER, Units.PACKETS,
            "IP fragments of both directions since the previous record");
        flowMarks = own(3, "flowMarks", UNSIGNED32, FLAGS, Units.NONE,
            "1 low bit internal, 2 direction inferred, 4 coalesced frames, 8 packets estimated, 16 continues an earlier record, 32 ICMP "
                + "error seen, 64 SYN seen, 128 handshake seen, 256 truncated capture, 512 closing octets guessed, 65536 address not "
                + "from DNS");

        tcpTeardownReason = own(32, "tcpTeardownReason", UNSIGNED8, IDENTIFIER, Units.NONE,
            "Why the connection ended; names come in options records");
        tcpTeardownInitiator = own(33, "tcpTeardownInitiator", UNSIGNED8, IDENTIFIER, 6,
            "Who ended it: 0 unknown, 1 client, 2 server, 3 both, 4 third party suspected, 5 network, 6 this exporter");
        tcpTeardownPhase = own(34, "tcpTeardownPhase", UNSIGNED8, IDENTIFIER, 8,
            "When: 0 unknown, 1 after SYN, 2 after SYN-ACK, 3 established without data, 4 first request, 5 exchange, 6 idle, "
                + "7 half closed, 8 both FINs seen");
        tcpTeardownImpact = own(35, "tcpTeardownImpact", UNSIGNED8, IDENTIFIER, 5,
            "What the user felt: 0 no user, 1 refused, 2 request unanswered, 3 truncated, 4 complete, 5 unknown");
        tcpUnackedOctets = own(36, "tcpUnackedOctets", UNSIGNED32, QUANTITY, Units.OCTETS,
            "Payload that this side had sent and that was not acknowledged when the connection ended");
        tcpIdleBeforeTeardownMs = own(37, "tcpIdleBeforeTeardownMs", UNSIGNED32, QUANTITY, Units.MILLISECONDS,
            "Time since the last payload of either side when the connection ended");
        tcpResetEvidence = own(38, "tcpResetEvidence", UNSIGNED32, FLAGS, Units.NONE,
            "What speaks about the resets, bits 0 to 16: alive after RST, TTL, stale sequence, sequence ahead, many sequences, both sides, too "
                + "fast, ACK ahead, data, ACK field, IP id, timestamp, idle timer, offload, capture loss, bad sequence, acked by RST");
        tcpResetMptcpReason = own(39, "tcpResetMptcpReason", UNSIGNED8, IDENTIFIER, Units.NONE,
            "Reason of the MP_TCPRST option (RFC 8684, 3.6); 255 when absent");
        tcpTtlRst = own(40, "tcpTtlRst", UNSIGNED8, QUANTITY, Units.HOPS,
            "TTL of the last RST of the side that ended the connection, else of the other side; 0 when there was none");
        tcpConnectionHistory = own(41, "tcpConnectionHistory", STRING, DEFAULT, Units.NONE,
            "What was seen, in order, a letter an event; upper case the client, lower case the server");

        tcpHandshakeServerRtt = own(96, "tcpHandshakeServerRtt", UNSIGNED32, QUANTITY, Units.MICROSECONDS,
            "SYN to SYN-ACK: round trip between the observation point and the server; 0 when not seen");
        tcpHandshakeClientRtt = own(97, "tcpHandshakeClientRtt", UNSIGNED32, QUANTITY, Units.MICROSECONDS,
            "SYN-ACK to its ACK: round trip between the observation point and the client; 0 when not seen");
        applicationResponseTime = own(98, "applicationResponseTime", UNSIGNED32, QUANTITY, Units.MICROSECONDS,
            "First payload of the client to the first payload of the server after it; 0 when not seen");
        tcpRetransmittedPackets = own(99, "tcpRetransmittedPackets", UNSIGNED32, DELTA_COUNTER, Units.PACKETS,
            "Segments whose payload had been seen before");
        tcpOutOfOrderPackets = own(100, "tcpOutOfOrderPackets", UNSIGNED32, DELTA_COUNTER, Units.PACKETS,
            "Segments that filled a hole left by a later one");
        tcpZeroWindowPackets = own(101, "tcpZeroWindowPackets", UNSIGNED32, DELTA_COUNTER, Units.PACKETS,
            "Segments that announced a window of 0");
        tcpMaximumSegmentSize = own(102, "tcpMaximumSegmentSize", UNSIGNED16, QUANTITY, Units.OCTETS,
            "MSS option of this side's SYN; 0 when absent");

        tunnelType = own(160, "tunnelType", UNSIGNED8, IDENTIFIER, Units.NONE, "Kind of the outermost tunnel; names come in options records");
        tunnelId = own(161, "tunnelId", UNSIGNED32, IDENTIFIER, Units.NONE,
            "VNI, GRE key, ERSPAN session or NSH service path of the outermost tunnel that has one; 0 when none");
        tunnelSourceIPv4Address = own(162, "tunnelSourceIPv4Address", IPV4_ADDRESS, DEFAULT, Units.NONE,
            "Outermost source of the client's packets");
        tunnelDestinationIPv4Address = own(163, "tunnelDestinationIPv4Address", IPV4_ADDRESS, DEFAULT, Units.NONE,
            "Outermost destination of the client's packets");
        tunnelSourceIPv6Address = own(164, "tunnelSourceIPv6Address", IPV6_ADDRESS, DEFAULT, Units.NONE,
            "Outermost source of the client's packets");
        tunnelDestinationIPv6Address = own(165, "tunnelDestinationIPv6Address", IPV6_ADDRESS, DEFAULT, Units.NONE,
            "Outermost destination of the client's packets");

        counterName = own(192, "counterName", STRING, DEFAULT, Units.NONE, "Name of one of the exporter's counters");
        counterOwner = own(193, "counterOwner", STRING, DEFAULT, Units.NONE,
            "What it counts for: a queue (interface/number), a collector (its URI) or the export thread");
        counterValue = own(194, "counterValue", UNSIGNED64, TOTAL_COUNTER, Units.NONE,
            "Its value since the start; counters that are still 0 are not sent");
        tcpTeardownReasonName = own(195, "tcpTeardownReasonName", STRING, DEFAULT, Units.NONE, "Name of a code of tcpTeardownReason");
        tunnelTypeName = own(196, "tunnelTypeName", STRING, DEFAULT, Units.NONE, "Name of a code of tunnelType");

        serverName = own(256, "serverName", STRING, DEFAULT, Units.NONE,
            "Name that the client had asked DNS for when it was given the server's address, as it was asked, whatever CNAMEs came between");
        serverCanonicalName = own(257, "serverCanonicalName", STRING, DEFAULT, Units.NONE,
            "What the last CNAME on the way from that name to the address led to; empty when there was no CNAME");
        clientName = own(258, "clientName", STRING, DEFAULT, Units.NONE,
            "Name that the server had asked DNS for when it was given the client's address; mostly empty");
        nameSource = own(259, "nameSource", UNSIGNED8, IDENTIFIER, Units.NONE,
            "Where serverName comes from: 0 no name, 1 DNS, 2 DNS whose time to live was over; of several of DNS the one that the client called: "
                + "3 in TLS, 4 in HTTP");
        nameAge = own(260, "nameAge", UNSIGNED32, QUANTITY, Units.MILLISECONDS,
            "From the answer that gave the client the server's address to the first packet of the record");
        nameCandidates = own(261, "nameCandidates", UNSIGNED8, QUANTITY, Units.NONE,
            "How many names of this client led to the server's address; above 1 serverName is the latest, unless nameSource is 3 or 4");

        dnsQueryName = own(272, "dnsQueryName", STRING, DEFAULT, Units.NONE,
            "Name that was asked for, as asked, in presentation form (RFC 4343); of encrypted DNS the server's name where it was seen");
        dnsQueryType = own(273, "dnsQueryType", UNSIGNED16, IDENTIFIER, Units.NONE,
            "Type of record that was asked for");
        dnsQueryClass = own(274, "dnsQueryClass", UNSIGNED16, IDENTIFIER, Units.NONE,
            "Class that was asked for");
        dnsId = own(275, "dnsId", UNSIGNED16, IDENTIFIER, Units.NONE,
            "Identifier of the messages");
        dnsFlags = own(276, "dnsFlags", UNSIGNED16, FLAGS, Units.NONE,
            "Second word of the header (RFC 1035, 4.1.1): of the answer, or of the query where there was none");
        dnsTransport = own(277, "dnsTransport", UNSIGNED8, IDENTIFIER, Units.NONE,
            "What carried it: 1 UDP, 2 TCP, 3 DNS over TLS, 4 DNS over QUIC, 5 DNS over HTTPS");
        dnsUdpPayloadSize = own(278, "dnsUdpPayloadSize", UNSIGNED16, QUANTITY, Units.OCTETS,
            "What the OPT record says its sender can take; 0 without one");
        dnsResponseCode = own(279, "dnsResponseCode", UNSIGNED16, IDENTIFIER, Units.NONE,
            "RCODE with the bits of EDNS; 65535 when there was no answer");
        dnsResponseTime = own(280, "dnsResponseTime", UNSIGNED32, QUANTITY, Units.MICROSECONDS,
            "From the first query to the answer; 0 when one of them was not seen");
        dnsRetries = own(281, "dnsRetries", UNSIGNED16, QUANTITY, Units.PACKETS,
            "Queries after the first");
        dnsMarks = own(282, "dnsMarks", UNSIGNED64, FLAGS, Units.NONE,
            "What is worth knowing beside the fields; names of the bits come in options records");
        dnsQueryLength = own(283, "dnsQueryLength", UNSIGNED32, QUANTITY, Units.OCTETS,
            "Octets of the query; 0 when none was seen");
        dnsAnswerLength = own(284, "dnsAnswerLength", UNSIGNED32, QUANTITY, Units.OCTETS,
            "Octets of the answer; 0 when none was seen");
        dnsTrailingOctets = own(285, "dnsTrailingOctets", UNSIGNED32, QUANTITY, Units.OCTETS,
            "Octets after the last record, of query and answer together");
        dnsAnswerCount = own(286, "dnsAnswerCount", UNSIGNED16, QUANTITY, Units.ENTRIES,
            "Records in the answer section, as the header counts them");
        dnsAuthorityCount = own(287, "dnsAuthorityCount", UNSIGNED16, QUANTITY, Units.ENTRIES,
            "Records in the authority section, as the header counts them");
        dnsAdditionalCount = own(288, "dnsAdditionalCount", UNSIGNED16, QUANTITY, Units.ENTRIES,
            "Records in the additional section, as the header counts them");
        dnsMinimumTtl = own(289, "dnsMinimumTtl", UNSIGNED32, QUANTITY, Units.SECONDS,
            "Smallest time to live in the answer section; 0 when it is empty");
        dnsAnswers = own(290, "dnsAnswers", STRING, DEFAULT, Units.NONE,
            "The answer section for a person: type and data of each record, parted by commas");
        dnsRecordList = own(291, "dnsRecordList", SUB_TEMPLATE_LIST, LIST, Units.NONE,
            "The records of all sections but OPT, each with name, type, class, time to live, section and data");
        dnsRecordName = own(292, "dnsRecordName", STRING, DEFAULT, Units.NONE,
            "Owner of a record");
        dnsRecordType = own(293, "dnsRecordType", UNSIGNED16, IDENTIFIER, Units.NONE,
            "Type of a record");
        dnsRecordClass = own(294, "dnsRecordClass", UNSIGNED16, IDENTIFIER, Units.NONE,
            "Class of a record");
        dnsRecordTtl = own(295, "dnsRecordTtl", UNSIGNED32, QUANTITY, Units.SECONDS,
            "Time to live of a record");
        dnsRecordSection = own(296, "dnsRecordSection", UNSIGNED8, IDENTIFIER, Units.NONE,
            "Section of a record: 1 answer, 2 authority, 3 additional");
        dnsRecordData = own(297, "dnsRecordData", STRING, DEFAULT, Units.NONE,
            "Data of a record as text; of a type that is not known in the form of RFC 3597");
        dnsMarkBit = own(298, "dnsMarkBit", UNSIGNED8, IDENTIFIER, Units.NONE,
            "A bit of dnsMarks, 0 the lowest");
        dnsMarkName = own(299, "dnsMarkName", STRING, DEFAULT, Units.NONE,
            "Name of a bit of dnsMarks");
        dnsMarkDescription = own(300, "dnsMarkDescription", STRING, DEFAULT, Units.NONE,
            "What a bit of dnsMarks means");
        dnsServerFirstSeen = own(304, "dnsServerFirstSeen", DATE_TIME_NANOSECONDS, DEFAULT, Units.NANOSECONDS,
            "First answer of a DNS server");
        dnsServerLastSeen = own(305, "dnsServerLastSeen", DATE_TIME_NANOSECONDS, DEFAULT, Units.NANOSECONDS,
            "When a DNS server was seen last");
        dnsServerClients = own(306, "dnsServerClients", UNSIGNED64, QUANTITY, Units.NONE,
            "About how many clients a DNS server answered");
        dnsServerQueries = own(307, "dnsServerQueries", UNSIGNED64, TOTAL_COUNTER, Units.MESSAGES,
            "Queries to a DNS server");
        dnsServerAnswers = own(308, "dnsServerAnswers", UNSIGNED64, TOTAL_COUNTER, Units.MESSAGES,
            "Answers of a DNS server");
        dnsServerNoErrors = own(309, "dnsServerNoErrors", UNSIGNED64, TOTAL_COUNTER, Units.MESSAGES,
            "Its answers without an error");
        dnsServerNxDomains = own(310, "dnsServerNxDomains", UNSIGNED64, TOTAL_COUNTER, Units.MESSAGES,
            "Its answers that the name does not exist");
        dnsServerFailures = own(311, "dnsServerFailures", UNSIGNED64, TOTAL_COUNTER, Units.MESSAGES,
            "Its answers that it failed");
        dnsServerRefused = own(312, "dnsServerRefused", UNSIGNED64, TOTAL_COUNTER, Units.MESSAGES,
            "Its answers that it refuses");
        dnsServerOtherErrors = own(313, "dnsServerOtherErrors", UNSIGNED64, TOTAL_COUNTER, Units.MESSAGES,
            "Its answers with another error");
        dnsServerMeanResponseTime = own(314, "dnsServerMeanResponseTime", UNSIGNED32, QUANTITY, Units.MICROSECONDS,
            "Mean time from query to answer; 0 when it was never measured");
        dnsServerTraits = own(315, "dnsServerTraits", UNSIGNED8, FLAGS, Units.NONE,
            "1 recursion available, 2 authoritative, 4 allowed by the configuration");
        dnsServerTransports = own(316, "dnsServerTransports", UNSIGNED8, FLAGS, Units.NONE,
            "How it was asked: 1 UDP, 2 TCP, 4 multicast DNS, 8 LLMNR, 16 NetBIOS names, 32 over TLS, 64 over QUIC, 128 over HTTPS");

        fileProtocol = own(512, "fileProtocol", UNSIGNED8, IDENTIFIER, Units.NONE,
            "How files were reached: 1 SMB1, 2 SMB2 of unknown version, 3 SMB 2.0.2, 4 2.1, 5 3.0, 6 3.0.2, 7 3.1.1, 16 NFSv2, 17 NFSv3, "
                + "18 NFSv4.0, 19 4.1, 20 4.2, 21 NFS of unknown version, 0 unknown");
        fileOperation = own(513, "fileOperation", UNSIGNED8, IDENTIFIER, Units.NONE,
            "0 other, 1 open, 2 read, 3 write, 4 create, 5 delete, 6 rename, 7 link, 8 symlink, 9 mkdir, 10 rmdir, 11 truncate, 12 set attributes, "
                + "13 list, 14 copy, 15 logon, 16 logoff, 17 mount, 18 unmount; 19 and up as documented");
        fileResult = own(514, "fileResult", UNSIGNED8, IDENTIFIER, 4, "0 no answer seen, 1 ok, 2 denied, 3 not found, 4 failed otherwise");
        fileStatus = own(515, "fileStatus", UNSIGNED32, IDENTIFIER, Units.NONE, "As the server answered: NTSTATUS, or the status of NFS");
        fileShare = own(516, "fileShare", STRING, DEFAULT, Units.NONE, "Share or export, as the client named it");
        filePath = own(517, "filePath", STRING, DEFAULT, Units.NONE,
            "Path below the share, at most 512 octets; of a copy the source");
        fileSecondPath = own(518, "fileSecondPath", STRING, DEFAULT, Units.NONE, "Where a rename, a link or a copy led");
        filePathHash = own(519, "filePathHash", UNSIGNED64, IDENTIFIER, Units.NONE,
            "FNV-1a of the whole path where it was cut; 0 when it is whole");
        fileReadOctets = own(520, "fileReadOctets", UNSIGNED64, QUANTITY, Units.OCTETS, "Octets read from the file while it was open");
        fileWriteOctets = own(521, "fileWriteOctets", UNSIGNED64, QUANTITY, Units.OCTETS,
            "Octets written to the file while it was open, or copied into it by the server");
        fileReadOperations = own(522, "fileReadOperations", UNSIGNED32, QUANTITY, Units.NONE, "Reads that were answered with octets");
        fileWriteOperations = own(523, "fileWriteOperations", UNSIGNED32, QUANTITY, Units.NONE, "Writes that the server confirmed");
        fileSizeAtOpen = own(524, "fileSizeAtOpen", UNSIGNED64, QUANTITY, Units.OCTETS,
            "Size of the file when it was opened; all bits 1 when not told");
        fileSizeAtClose = own(525, "fileSizeAtClose", UNSIGNED64, QUANTITY, Units.OCTETS,
            "Size of the file when it was closed, or to which it was set; all bits 1 when not told");
        fileMarks = own(526, "fileMarks", UNSIGNED32, FLAGS, Units.NONE,
            "Bits 0 to 17: directory, encrypted, compressed, guessed, began before the capture, delete on close, overwritten, created, "
                + "duplicate, signed, path cut, user inferred, end not seen, octets missing, snapshot, reconnected, silly rename, replaced");
        fileUserDomain = own(527, "fileUserDomain", STRING, DEFAULT, Units.NONE, "Domain or realm of userName");
        fileWorkstation = own(528, "fileWorkstation", STRING, DEFAULT, Units.NONE, "Name that the client's machine gave itself");
        fileAuthentication = own(529, "fileAuthentication", UNSIGNED8, IDENTIFIER, Units.NONE,
            "0 unknown, 1 NTLM, 2 Kerberos, 3 anonymous, 4 guest, 5 AUTH_SYS, 6 RPCSEC_GSS, 7 AUTH_NONE, 8 password");
        fileSessionId = own(530, "fileSessionId", UNSIGNED64, IDENTIFIER, Units.NONE,
            "With the server's address the key of the user's session: SessionId, UID of SMB1, or number of a user of NFS");
        userSource = own(531, "userSource", UNSIGNED8, IDENTIFIER, Units.NONE,
            "From where a flow has its user: 0 none, 1 a session on this flow, 2 a session of the client with this server, "
                + "3 inferred from the client");
        fileAccesses = own(544, "fileAccesses", UNSIGNED32, DELTA_COUNTER, Units.NONE,
            "File accesses of this user on this share in the interval");
        filesRead = own(545, "filesRead", UNSIGNED32, DELTA_COUNTER, Units.NONE,
            "Files read");
        filesWritten = own(546, "filesWritten", UNSIGNED32, DELTA_COUNTER, Units.NONE,
            "Files written");
        filesCreated = own(547, "filesCreated", UNSIGNED32, DELTA_COUNTER, Units.NONE,
            "Files created");
        filesDeleted = own(548, "filesDeleted", UNSIGNED32, DELTA_COUNTER, Units.NONE,
            "Files and directories deleted");
        filesRenamed = own(549, "filesRenamed", UNSIGNED32, DELTA_COUNTER, Units.NONE,
            "Files and directories renamed");
        fileFailures = own(550, "fileFailures", UNSIGNED32, DELTA_COUNTER, Units.NONE,
            "Accesses that failed");
        fileRecordsSuppressed = own(551, "fileRecordsSuppressed", UNSIGNED32, DELTA_COUNTER, Units.NONE,
            "Accesses that have no record of their own because the client had too many");
        fileSignals = List.of(
            signal(552, "filesReadThenOverwritten", "S1: files read whole and then overwritten, in the last minute"),
            signal(553, "filesReplacedByCopies", "S2: files replaced by new ones with another ending, in the last minute"),
            signal(554, "filesRenamedToOneEnding", "S3: files renamed to one and the same unknown ending, in the last minute"),
            signal(555, "filesWithNewEndings", "S4: files that got endings unknown on the share, in the last minute"),
            signal(556, "directoriesWithSameFile", "S5: directories in which one and the same new file appeared, in the last ten minutes"),
            signal(557, "directoriesListed", "S6: directories listed, in the last minute"),
            signal(558, "filesDestroyed", "S8: files deleted or emptied for good, in the last minute"),
            signal(559, "fileAccessesDenied", "S8: accesses denied, in the last minute"));
        ransomwareScore = own(560, "ransomwareScore", UNSIGNED16, QUANTITY, Units.NONE, "Points out of all signals together");
        filesDestroyedPercent = own(561, "filesDestroyedPercent", UNSIGNED32, QUANTITY, Units.NONE,
            "S8: filesDestroyed in percent of what was usual for this user in the minutes before, of which a minute counts a sixteenth less than "
                + "the one after it; less than 1 is taken for 1");
        fileAccessesDeniedPercent = own(562, "fileAccessesDeniedPercent", UNSIGNED32, QUANTITY, Units.NONE,
            "S8: fileAccessesDenied in percent of what was usual, like filesDestroyedPercent");

        alertKind = own(1024, "alertKind", UNSIGNED16, IDENTIFIER, Units.NONE,
            "What the alert is about; alertName is its name");
        alertName = own(1025, "alertName", STRING, DEFAULT, Units.NONE,
            "What the alert is about, as in the configuration, such as rogue-dns-server");
        alertSeverity = own(1026, "alertSeverity", UNSIGNED8, IDENTIFIER, Units.NONE,
            "1 critical, 2 warning, 3 notice: something is well again");
        alertSubject = own(1027, "alertSubject", STRING, DEFAULT, Units.NONE,
            "What it is about, told apart from others of its kind");
        alertText = own(1028, "alertText", STRING, DEFAULT, Units.NONE,
            "The whole story in one line");
        alertValue = own(1029, "alertValue", UNSIGNED64, QUANTITY, Units.NONE,
            "What was measured; 0 when nothing was");
        alertThreshold = own(1030, "alertThreshold", UNSIGNED64, QUANTITY, Units.NONE,
            "What it was measured against; 0 when nothing was");
        alertSuppressed = own(1031, "alertSuppressed", UNSIGNED64, QUANTITY, Units.NONE,
            "How many of the same were held back since the last one");
    }

    private Element signal(final int id, final String name, final String description) {
        return own(id, name, UNSIGNED32, QUANTITY, Units.NONE, description);
    }

    private Element own(
        final int id, final String name, final DataType type, final Semantics semantics, final Units units, final String description) {
        return new Element(enterpriseNumber, id, name, type, semantics, units, 0, 0, description);
    }

    /** A code whose values end at {@code rangeEnd} for good. */
    private Element own(
        final int id, final String name, final DataType type, final Semantics semantics, final int rangeEnd, final String description) {
        return new Element(enterpriseNumber, id, name, type, semantics, Units.NONE, 0, rangeEnd, description);
    }
}
