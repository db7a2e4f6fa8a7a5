package net.flowsonde.snmp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.config.ListenAddress;
import net.flowsonde.config.SnmpConfig;
import net.flowsonde.config.SnmpConfig.Target;
import net.flowsonde.config.SnmpConfig.User;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Telemetry;
import net.flowsonde.telemetry.VirtualMachine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.agent.CommandProcessor;
import org.snmp4j.agent.DefaultMOServer;
import org.snmp4j.agent.DuplicateRegistrationException;
import org.snmp4j.agent.mo.GenericManagedObject;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/**
 * Answers GET, GETNEXT and GETBULK on one UDP port, on one thread of its own, from the registry of counts. Nothing can be set. The packet
 * path does not notice: what it counts is read where it stands, without a lock.
 */
public final class SnmpAgent implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(SnmpAgent.class);
    private static final OctetString DEFAULT_CONTEXT = new OctetString();
    /** Room for the requests of a manager that asks for much at once, while the cores are busy with packets. */
    private static final int RECEIVE_BUFFER = 1 << 20;
    private static final int FIRST_PORT_OF_ALL = 1_024;
    /** Most alerts that wait for one target. */
    private static final int MOST_WAITING = 256;

    private final SnmpConfig config;
    private final Telemetry telemetry;
    private final long observationDomain;
    private final Oids oids;
    private final Engine engine;
    private final DefaultUdpTransportMapping transport;
    private final List<NotificationTarget> targets = new ArrayList<>();

    /**
     * Opens the port, answers and notifies from now on.
     *
     * @param alerts  what targets are notified of
     * @throws UncheckedIOException with a line for the operator: no right to the port, no such address, a directory that cannot be written
     */
    public SnmpAgent(final SnmpConfig config, final ExportConfig export, final Telemetry telemetry, final AlertBus alerts) {
        this.config = config;
        this.telemetry = telemetry;
        observationDomain = export.observationDomain();
        oids = new Oids(export.enterpriseNumber());
        transport = bound(config);
        try {
            engine = new Engine(config, EngineState.next(config.stateDirectory(), export.enterpriseNumber()));
            listen();
            for (final Target target : config.targets()) {
                targets.add(target(target, alerts));
            }
        } catch (final IOException refused) {
            close();
            throw new UncheckedIOException("SNMP: " + refused.getMessage(), refused);
        }
    }

    private static DefaultUdpTransportMapping bound(final SnmpConfig config) {
        final ListenAddress listen = config.listen();
        final String endpoint = "SNMP cannot listen on udp " + listen + ": ";
        try {
            return new DefaultUdpTransportMapping(new UdpAddress(listen.address(), listen.port()), false);
        } catch (final BindException refused) {
            final boolean isPrivileged = listen.port() < FIRST_PORT_OF_ALL && refused.getMessage().contains("ermission");
            throw new UncheckedIOException(endpoint + refused.getMessage() + (isPrivileged
                ? "; ports below 1024 need root or CAP_NET_BIND_SERVICE, or set snmp.listen to a port of 1024 or above" : ""), refused);
        } catch (final IOException refused) {
            throw new UncheckedIOException(endpoint + refused.getMessage(), refused);
        }
    }

    private void listen() throws IOException {
        final DefaultMOServer server = new DefaultMOServer();
        server.setLockStrategy(null); // one thread asks, and what it reads is never changed through the agent
        server.addContext(DEFAULT_CONTEXT);
        final Views views = new Views(config, engine.id());
        final CommandProcessor processor = new CommandProcessor(engine.id());
        processor.addMOServer(server);
        processor.setVacm(views);
        processor.setCoexistenceProvider(views);
        processor.addCounterListener(engine.counters());
        try {
            for (final GenericManagedObject group : groups()) {
                server.register(group, DEFAULT_CONTEXT);
            }
        } catch (final DuplicateRegistrationException twice) {
            throw new IllegalStateException("two groups of the MIBs overlap", twice);
        }
        final MessageDispatcherImpl dispatcher = engine.requests();
        dispatcher.addTransportMapping(transport);
        dispatcher.addCommandResponder(processor);
        transport.addTransportListener(dispatcher);
        transport.setReceiveBufferSize(RECEIVE_BUFFER);
        transport.listen();
        transport.setThreadName("snmp");
    }

    private NotificationTarget target(final Target target, final AlertBus alerts) throws IOException {
        final User user = config.users().stream().filter(known -> known.name().equals(target.user())).findFirst().orElse(null);
        return new NotificationTarget(target, user, oids, engine, alerts.subscribe(MOST_WAITING), telemetry.status(),
            telemetry.register(Counter.Scope.ALERTS, "snmp " + target.host() + ":" + target.port()));
    }

    private List<GenericManagedObject> groups() {
        final List<GenericManagedObject> groups = new ArrayList<>();
        groups.add(StandardMib.system(config, oids.product(), telemetry));
        groups.add(StandardMib.engine(engine.usm()));
        groups.addAll(StandardMib.statistics(engine.counters()));
        groups.add(InterfacesMib.number(telemetry));
        groups.add(InterfacesMib.table(telemetry));
        groups.add(InterfacesMib.extension(telemetry));
        groups.addAll(IpfixMib.groups(telemetry, observationDomain));
        groups.addAll(FlowsondeMib.groups(oids, telemetry, new VirtualMachine()));
        return groups;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(transport.getListenAddress().getInetAddress(), transport.getListenAddress().getPort());
    }

    /** Tells the targets what waits, within a bound, then is silent. */
    @Override
    public void close() {
        targets.forEach(NotificationTarget::close);
        try {
            transport.close();
        } catch (final IOException refused) {
            LOGGER.debug("{} was not given up", config.listen(), refused);
        }
    }
}
