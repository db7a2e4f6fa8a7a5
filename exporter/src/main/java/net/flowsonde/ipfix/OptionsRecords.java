package net.flowsonde.ipfix;

import java.util.List;
import java.util.function.Supplier;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.dpi.dns.DnsMark;
import net.flowsonde.flow.TcpTeardownReason;
import net.flowsonde.flow.TunnelNames;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.DnsServerRow;
import net.flowsonde.telemetry.TeardownCounts;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes the options records of one collector: what changes (statistics) and what explains the flow records (names). */
final class OptionsRecords {
    /** Takes one record; false when it could not be sent. */
    interface Consumer {
        boolean accept(OptionsTemplate template, DirectBuffer record, int length);
    }

    private static final int CODES = 256;
    private static final int IPV4_LENGTH = 4;
    private static final long NS_PER_US = 1_000;
    private static final long RECURSION = 1;
    private static final long AUTHORITATIVE = 2;
    private static final long ALLOWED = 4;

    private final ExportConfig config;
    private final OptionsElements elements;
    private final List<Element> ownElements;
    private final Telemetry telemetry;
    private final Counters collector;
    private final long exportingProcessId;
    private final Supplier<List<ObservedInterface>> interfaces;
    private final MutableDirectBuffer record = new UnsafeBuffer(new byte[1_024]);

    /**
     * @param ownElements         to be described
     * @param collector           the counts of this collector
     * @param exportingProcessId  number of this collector, from 1
     */
    OptionsRecords(
        final ExportConfig config, final OptionsElements elements, final List<Element> ownElements, final Telemetry telemetry,
        final Counters collector, final long exportingProcessId, final Supplier<List<ObservedInterface>> interfaces) {
        this.config = config;
        this.elements = elements;
        this.ownElements = ownElements;
        this.telemetry = telemetry;
        this.collector = collector;
        this.exportingProcessId = exportingProcessId;
        this.interfaces = interfaces;
    }

    /** Hands over the statistics; false as soon as one could not be sent. */
    boolean statistics(final Consumer consumer) {
        return send(consumer, elements.meteringStatistics, config.observationDomain(), collector.value(Counter.MESSAGES_SENT),
                collector.value(Counter.RECORDS_SENT), collector.value(Counter.OCTETS_SENT))
            && send(consumer, elements.meteringReliability, config.observationDomain(), telemetry.total(Counter.FLOWS_CREATED),
                telemetry.total(Counter.FRAMES_NOT_METERED) + telemetry.total(Counter.KERNEL_DROPS)
                    + telemetry.total(Counter.INTERFACE_DROPS))
            && send(consumer, elements.exportingReliability, exportingProcessId, collector.value(Counter.RECORDS_DROPPED),
                collector.value(Counter.RECORD_PACKETS_DROPPED), collector.value(Counter.RECORD_OCTETS_DROPPED))
            && counters(consumer) && teardowns(consumer) && dnsServers(consumer);
    }

    /** Hands over the names of interfaces, codes and elements; false as soon as one could not be sent. */
    boolean names(final Consumer consumer) {
        return elementTypes(consumer) && teardownReasons(consumer) && tunnelTypes(consumer) && dnsMarks(consumer) && interfaces(consumer);
    }

    private boolean counters(final Consumer consumer) {
        for (final Counters counters : telemetry.all()) {
            for (final Counter counter : Counter.values()) {
                final long value = counters.value(counter);
                if (value != 0 && !send(consumer, elements.counters, counters.name(), counter.name(), value)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** As counts of their own, each named after reason and impact. */
    private boolean teardowns(final Consumer consumer) {
        for (final TeardownCounts.Row row : telemetry.teardowns().rows()) {
            if (!send(consumer, elements.counters, TeardownCounts.NAME, row.name(), row.count())) {
                return false;
            }
        }
        return true;
    }

    private boolean elementTypes(final Consumer consumer) {
        for (final Element element : ownElements) {
            if (!send(consumer, elements.elementTypes, element.enterpriseNumber(), (long) element.id(), (long) element.type().code(),
                (long) element.semantics().code(), (long) element.units().code(), element.rangeBegin(), element.rangeEnd(),
                element.name(), element.description())) {
                return false;
            }
        }
        return true;
    }

    private boolean teardownReasons(final Consumer consumer) {
        for (final TcpTeardownReason reason : TcpTeardownReason.values()) {
            if (!send(consumer, elements.teardownReasons, (long) reason.code(), reason.name())) {
                return false;
            }
        }
        return true;
    }

    private boolean tunnelTypes(final Consumer consumer) {
        for (int code = 0; code < CODES; code++) {
            final String name = TunnelNames.of(code);
            if (name != null && !send(consumer, elements.tunnelTypes, (long) code, name)) {
                return false;
            }
        }
        return true;
    }

    private boolean dnsMarks(final Consumer consumer) {
        for (int bit = 0; bit < DnsMark.count(); bit++) {
            final DnsMark mark = DnsMark.of(bit);
            if (!send(consumer, elements.dnsMarks, (long) mark.bit(), mark.name(), mark.description())) {
                return false;
            }
        }
        return true;
    }

    private boolean dnsServers(final Consumer consumer) {
        for (final DnsServerRow server : telemetry.dnsServers().rows()) {
            final byte[] address = server.address().getAddress();
            final long traits = (server.hasRecursion() ? RECURSION : 0) | (server.isAuthoritative() ? AUTHORITATIVE : 0)
                | (server.isAllowed() ? ALLOWED : 0);
            if (!send(consumer, address.length == IPV4_LENGTH ? elements.dnsServersIpv4 : elements.dnsServersIpv6, address,
                NtpTime.ofEpochNs(server.firstSeenNs()), NtpTime.ofEpochNs(server.lastSeenNs()), server.clients(), server.queries(),
                server.answers(), server.noErrors(), server.nxDomains(), server.serverFailures(), server.refused(), server.otherErrors(),
                server.meanResponseTimeNs() / NS_PER_US, traits, (long) server.transports())) {
                return false;
            }
        }
        return true;
    }

    private boolean interfaces(final Consumer consumer) {
        for (final ObservedInterface observed : interfaces.get()) {
            if (!send(consumer, elements.interfaces, (long) observed.index(), observed.name(), observed.description())) {
                return false;
            }
        }
        return true;
    }

    private boolean send(final Consumer consumer, final OptionsTemplate template, final Object... values) {
        return !elements.has(template) || consumer.accept(template, record, template.write(record, values));
    }
}
