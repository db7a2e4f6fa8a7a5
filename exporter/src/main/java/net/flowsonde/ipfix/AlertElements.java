package net.flowsonde.ipfix;

import java.net.InetAddress;
import java.util.function.IntPredicate;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertSeverity;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What a record of an alert holds. Its shape says whether it has addresses, and of which IP version. */
final class AlertElements extends RecordElements<Alert> {
    private static final int NO_ADDRESSES = 0;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final int SHAPES = 3;
    private static final IntPredicate IS_IPV4 = shape -> shape == IPV4;
    private static final IntPredicate IS_IPV6 = shape -> shape == IPV6;
    private static final DirectBuffer NO_BUFFER = new UnsafeBuffer(0, 0);
    private static final int IPV6_LENGTH = 16;
    private static final int LONGEST_LABEL = 64;
    private static final int LONGEST_SUBJECT = 255;
    private static final int LONGEST_TEXT = 1_024;

    private final UnsafeBuffer addresses = new UnsafeBuffer(new byte[2 * IPV6_LENGTH]);

    AlertElements(final OwnElements own) {
        super(RecordKind.ALERT, alert -> NO_BUFFER);
        number(IanaElements.OBSERVATION_TIME_NANOSECONDS, 8, ALWAYS, Alert::timeNs);
        number(own.alertKind, 2, ALWAYS, alert -> alert.kind().code());
        string(own.alertName, LONGEST_LABEL, ALWAYS, alert -> alert.kind().label());
        code(own.alertSeverity, ALWAYS, alert -> alert.severity().code(), AlertElements::severity);
        string(own.alertSubject, LONGEST_SUBJECT, ALWAYS, Alert::subject);
        string(own.alertText, LONGEST_TEXT, ALWAYS, Alert::text);
        address(IanaElements.SOURCE_IPV4_ADDRESS, 4, IS_IPV4, 0);
        address(IanaElements.DESTINATION_IPV4_ADDRESS, 4, IS_IPV4, IPV6_LENGTH);
        address(IanaElements.SOURCE_IPV6_ADDRESS, IPV6_LENGTH, IS_IPV6, 0);
        address(IanaElements.DESTINATION_IPV6_ADDRESS, IPV6_LENGTH, IS_IPV6, IPV6_LENGTH);
        number(IanaElements.FLOW_ID, 8, ALWAYS, Alert::flowId);
        number(own.alertValue, 8, ALWAYS, Alert::value);
        number(own.alertThreshold, 8, ALWAYS, Alert::threshold);
        number(own.alertSuppressed, 8, ALWAYS, Alert::suppressed);
    }

    @Override
    int shapeOf(final Alert alert) {
        final InetAddress either = alert.server() == null ? alert.client() : alert.server();
        return either == null ? NO_ADDRESSES : either.getAddress().length == IPV6_LENGTH ? IPV6 : IPV4;
    }

    @Override
    int shapes() {
        return SHAPES;
    }

    private void address(final Element element, final int length, final IntPredicate applies, final int offset) {
        add(new OctetsField<>(element, length, applies, this::addresses, alert -> offset));
    }

    /** An end that is not known is the address of no host. */
    private DirectBuffer addresses(final Alert alert) {
        addresses.setMemory(0, addresses.capacity(), (byte) 0);
        put(alert.client(), 0);
        put(alert.server(), IPV6_LENGTH);
        return addresses;
    }

    private void put(final InetAddress address, final int offset) {
        if (address != null) {
            addresses.putBytes(offset, address.getAddress());
        }
    }

    private static String severity(final int code) {
        for (final AlertSeverity severity : AlertSeverity.values()) {
            if (severity.code() == code) {
                return severity.name();
            }
        }
        return null;
    }
}
