package net.flowsonde.snmp;

import java.io.IOException;
import java.net.InetAddress;
import net.flowsonde.config.SnmpConfig.Level;
import net.flowsonde.config.SnmpConfig.Notification;
import net.flowsonde.config.SnmpConfig.Target;
import net.flowsonde.config.SnmpConfig.User;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertQueue;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.RunStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.CommunityTarget;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.UserTarget;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/**
 * Sends each alert once to one receiver, on a thread and from a socket of its own: an inform that nobody confirms holds up no other
 * receiver and no request. What it cannot take in time its queue has dropped and the bus has counted.
 */
final class NotificationTarget implements Runnable, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(NotificationTarget.class);
    /** Most alerts that wait. */
    private static final int MOST_WAITING = 256;
    private static final long POLL_MS = 200;
    /** How long the last alerts are given at the end. */
    private static final long FAREWELL_MS = 5_000;

    private final Target config;
    private final User user;
    private final Oids oids;
    private final Engine engine;
    private final AlertBus bus;
    private final AlertQueue alerts;
    private final RunStatus status;
    private final Counters counters;
    private final Snmp session;
    private final Thread thread;
    private volatile boolean isClosing;

    /**
     * @param user      null for version 2c
     * @param bus       what is to be told of
     * @param counters  a block of its own
     */
    NotificationTarget(
        final Target config, final User user, final Oids oids, final Engine engine, final AlertBus bus, final RunStatus status,
        final Counters counters) throws IOException {
        this.config = config;
        this.user = user;
        this.oids = oids;
        this.engine = engine;
        this.bus = bus;
        this.status = status;
        this.counters = counters;
        session = new Snmp(engine.notifications(), new DefaultUdpTransportMapping());
        session.listen();
        alerts = bus.subscribe(MOST_WAITING);
        thread = new Thread(this, "notify " + config.host());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            for (Alert alert = alerts.poll(POLL_MS); alert != null || !isClosing; alert = alerts.poll(POLL_MS)) {
                if (alert != null) {
                    send(alert);
                }
            }
        } catch (final InterruptedException given) {
            LOGGER.debug("{} was not told of everything", config.host(), given);
        }
    }

    private void send(final Alert alert) {
        try {
            final boolean isTold = config.type() == Notification.INFORM ? isConfirmed(alert) : isSent(alert);
            counters.increment(isTold ? Counter.NOTIFICATIONS_SENT : Counter.NOTIFICATIONS_FAILED);
            if (!isTold) {
                LOGGER.warn("snmp.targets: {} did not confirm {} about {}", config.host(), alert.kind().label(), alert.subject());
            }
        } catch (final IOException | RuntimeException refused) {
            counters.increment(Counter.NOTIFICATIONS_FAILED);
            LOGGER.warn("snmp.targets: {} cannot be sent to: {}", config.host(), refused.getMessage());
            LOGGER.debug("{} about {} was not sent", alert.kind().label(), alert.subject(), refused);
        }
    }

    private boolean isConfirmed(final Alert alert) throws IOException {
        return session.send(notification(alert, PDU.INFORM), target()).getResponse() != null;
    }

    private boolean isSent(final Alert alert) throws IOException {
        session.send(notification(alert, PDU.TRAP), target());
        return true;
    }

    private PDU notification(final Alert alert, final int type) {
        final PDU pdu = user == null ? new PDU() : scoped();
        pdu.setType(type);
        pdu.add(new VariableBinding(SnmpConstants.sysUpTime, new TimeTicks(SystemMib.hundredths(status) & 0xFFFF_FFFFL)));
        pdu.add(new VariableBinding(SnmpConstants.snmpTrapOID, oids.notification(alert.kind().code())));
        AlertMib.bindings(oids, alert).forEach(pdu::add);
        return pdu;
    }

    private ScopedPDU scoped() {
        final ScopedPDU pdu = new ScopedPDU();
        pdu.setContextEngineID(engine.id());
        return pdu;
    }

    /** Looked up for each notification, because a name may have moved and an engine may have been restarted. */
    private org.snmp4j.Target<UdpAddress> target() throws IOException {
        final UdpAddress address = new UdpAddress(InetAddress.getByName(config.host()), config.port());
        final org.snmp4j.Target<UdpAddress> target = user == null ? communityTarget(address) : userTarget(address);
        target.setTimeout(config.timeout().toMillis());
        target.setRetries(config.retries());
        return target;
    }

    private CommunityTarget<UdpAddress> communityTarget(final UdpAddress address) {
        final CommunityTarget<UdpAddress> target = new CommunityTarget<>(address, Views.utf8(config.community().read()));
        target.setVersion(SnmpConstants.version2c);
        return target;
    }

    /** Of a trap we are the authority; of an inform the receiver is, whose identity is asked for first (RFC 3414, 1.5.1). */
    private UserTarget<UdpAddress> userTarget(final UdpAddress address) {
        final OctetString authority = config.type() == Notification.TRAP ? engine.id() : new OctetString();
        final UserTarget<UdpAddress> target = new UserTarget<>(address, Views.utf8(user.name()), authority.getValue(),
            user.level() == Level.AUTH_PRIV ? SecurityLevel.AUTH_PRIV : SecurityLevel.AUTH_NOPRIV);
        target.setVersion(SnmpConstants.version3);
        return target;
    }

    /** Hears of nothing new, tells what waits, within a bound. */
    @Override
    public void close() {
        bus.unsubscribe(alerts);
        isClosing = true;
        try {
            thread.join(FAREWELL_MS);
            thread.interrupt();
            session.close();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (final IOException refused) {
            LOGGER.debug("a socket was not given up", refused);
        }
    }
}
