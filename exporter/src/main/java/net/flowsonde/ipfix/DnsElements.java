package net.flowsonde.ipfix;

import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import net.flowsonde.dpi.dns.DnsRecord;
import net.flowsonde.dpi.dns.DnsTransaction;
import net.flowsonde.dpi.dns.DnsTransport;
import net.flowsonde.dpi.dns.DnsType;

/** What a record of a DNS transaction holds. Its shape is the IP version. */
final class DnsElements extends RecordElements<DnsTransaction> {
    private static final int IPV4 = 0;
    private static final int IPV6 = 1;
    private static final int SHAPES = 2;
    private static final IntPredicate IS_IPV4 = shape -> shape == IPV4;
    private static final IntPredicate IS_IPV6 = shape -> shape == IPV6;
    private static final int LONGEST_LIST = 4_096;
    private static final long NS_PER_US = 1_000;
    private static final long UNSIGNED_INT_MAX = 0xFFFF_FFFFL;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final String[] RESPONSE_CODES = {
        "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE"};

    private final DnsAnswerText answers = new DnsAnswerText();

    DnsElements(final OwnElements own) {
        super(RecordKind.DNS, DnsTransaction::buffer);
        addKey();
        addQuestion(own);
        addOutcome(own);
        addAnswers(own);
    }

    @Override
    int shapeOf(final DnsTransaction transaction) {
        return transaction.ipVersion() == 6 ? IPV6 : IPV4;
    }

    @Override
    int shapes() {
        return SHAPES;
    }

    private void addKey() {
        number(IanaElements.FLOW_ID, 8, ALWAYS, DnsTransaction::flowId);
        octets(IanaElements.SOURCE_IPV4_ADDRESS, 4, IS_IPV4, DnsTransaction::clientAddressOffset);
        octets(IanaElements.DESTINATION_IPV4_ADDRESS, 4, IS_IPV4, DnsTransaction::serverAddressOffset);
        octets(IanaElements.SOURCE_IPV6_ADDRESS, 16, IS_IPV6, DnsTransaction::clientAddressOffset);
        octets(IanaElements.DESTINATION_IPV6_ADDRESS, 16, IS_IPV6, DnsTransaction::serverAddressOffset);
        number(IanaElements.SOURCE_TRANSPORT_PORT, 2, ALWAYS, DnsTransaction::clientPort);
        number(IanaElements.DESTINATION_TRANSPORT_PORT, 2, ALWAYS, DnsTransaction::serverPort);
        code(IanaElements.PROTOCOL_IDENTIFIER, ALWAYS, DnsElements::protocol, CodeNames::protocol);
        number(IanaElements.FLOW_START_NANOSECONDS, 8, ALWAYS,
            transaction -> transaction.hasQuery() ? transaction.queryTimeNs() : transaction.answerTimeNs());
        number(IanaElements.FLOW_END_NANOSECONDS, 8, ALWAYS, DnsTransaction::timeNs);
    }

    private void addQuestion(final OwnElements own) {
        text(own.dnsQueryName, DnsTransaction.MAX_NAME_LENGTH, ALWAYS, DnsTransaction::queryNameOffset, DnsTransaction::queryNameLength);
        number(own.dnsQueryType, 2, ALWAYS, DnsTransaction::queryType, DnsType::nameOf);
        number(own.dnsQueryClass, 2, ALWAYS, DnsTransaction::queryClass);
        number(own.dnsId, 2, ALWAYS, DnsTransaction::id);
        number(own.dnsFlags, 2, ALWAYS, DnsTransaction::flags);
        code(own.dnsTransport, ALWAYS, transaction -> transaction.transport().code(), code -> DnsTransport.of(code).label());
        number(own.dnsUdpPayloadSize, 2, ALWAYS, DnsTransaction::udpPayloadSize);
    }

    private void addOutcome(final OwnElements own) {
        number(own.dnsResponseCode, 2, ALWAYS, DnsTransaction::responseCode, DnsElements::responseCode);
        number(own.dnsResponseTime, 4, ALWAYS, DnsElements::responseTimeUs);
        number(own.dnsRetries, 2, ALWAYS, DnsTransaction::retries);
        number(own.dnsMarks, 8, ALWAYS, DnsTransaction::marks);
        number(own.dnsQueryLength, 4, ALWAYS, DnsTransaction::queryLength);
        number(own.dnsAnswerLength, 4, ALWAYS, DnsTransaction::answerLength);
        number(own.dnsTrailingOctets, 4, ALWAYS, DnsTransaction::trailingOctets);
    }

    private void addAnswers(final OwnElements own) {
        count(own.dnsAnswerCount, DnsTransaction::answerCount);
        count(own.dnsAuthorityCount, DnsTransaction::authorityCount);
        count(own.dnsAdditionalCount, DnsTransaction::additionalCount);
        number(own.dnsMinimumTtl, 4, ALWAYS, DnsElements::minimumTtl);
        text(own.dnsAnswers, DnsAnswerText.CAPACITY, ALWAYS, answers::of, transaction -> 0, answers::lengthOf);
        subTemplateList(own.dnsRecordList, LONGEST_LIST, ALWAYS, ListSemantic.ORDERED, new DnsRecordElements(own).template(0),
            new RecordCursor());
    }

    private void count(final Element element, final ToLongFunction<DnsTransaction> value) {
        number(element, 2, ALWAYS, value);
    }

    private static long protocol(final DnsTransaction transaction) {
        return switch (transaction.transport()) {
            case UDP, QUIC -> UDP;
            case TCP, TLS, HTTPS -> TCP;
        };
    }

    /** 0 says not measured, so that whatever was measured is at least 1. */
    private static long responseTimeUs(final DnsTransaction transaction) {
        final long ns = transaction.responseTimeNs();
        return ns < 0 ? 0 : Math.min(Math.max(1, ns / NS_PER_US), UNSIGNED_INT_MAX);
    }

    private static long minimumTtl(final DnsTransaction transaction) {
        return transaction.minimumTtl() == DnsTransaction.NO_TTL ? 0 : transaction.minimumTtl();
    }

    private static String responseCode(final int code) {
        return code == DnsTransaction.NO_RESPONSE_CODE ? "NONE" : code < RESPONSE_CODES.length ? RESPONSE_CODES[code] : null;
    }

    /** Goes through the records of the transaction at hand, which are asked for in their order. */
    private static final class RecordCursor implements Entries<DnsTransaction, DnsRecord> {
        private final DnsRecord record = new DnsRecord();

        @Override
        public int count(final DnsTransaction transaction) {
            return transaction.recordCount();
        }

        @Override
        public DnsRecord entry(final DnsTransaction transaction, final int index) {
            if (index == 0) {
                record.before(transaction);
            }
            record.next();
            return record;
        }
    }

    /** What one resource record inside of a transaction's record holds. */
    private static final class DnsRecordElements extends RecordElements<DnsRecord> {
        private static final int TEMPLATE_ID_OFFSET = 15;
        private static final int LONGEST_NAME = DnsTransaction.MAX_NAME_LENGTH;
        private static final int LONGEST_DATA = 2_048;

        private final DnsAnswerText data = new DnsAnswerText();

        DnsRecordElements(final OwnElements own) {
            super(RecordKind.DNS, DnsRecord::buffer);
            text(own.dnsRecordName, LONGEST_NAME, ALWAYS, DnsRecord::nameOffset, DnsRecord::nameLength);
            number(own.dnsRecordType, 2, ALWAYS, DnsRecord::type, DnsType::nameOf);
            number(own.dnsRecordClass, 2, ALWAYS, DnsRecord::recordClass);
            number(own.dnsRecordTtl, 4, ALWAYS, DnsRecord::ttl);
            code(own.dnsRecordSection, ALWAYS, DnsRecord::section, null);
            text(own.dnsRecordData, LONGEST_DATA, ALWAYS, data::of, record -> 0, data::lengthOf);
        }

        /** The last of the kind's ids, so that it stays clear of the shapes. */
        @Override
        int templateId(final int shape) {
            return kind().firstTemplateId() + TEMPLATE_ID_OFFSET;
        }
    }
}
