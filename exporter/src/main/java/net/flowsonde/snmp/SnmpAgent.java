package net.flowsonde.snmp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.config.ListenAddress;
import net.flowsonde.config.Secret;
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
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;

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

    private final Telemetry telemetry;
    private final AlertBus alerts;
    private final long observationDomain;
    private final Oids oids;
    private final Engine engine;
    private final CommandProcessor processor;
    private final GetResponder responder;
    private final MessageDispatcherImpl dispatcher;
    /** Those that are notified, and what their configuration and that of their user is, with what the files of their secrets hold. */
    private final Map<List<Object>, NotificationTarget> targets = new LinkedHashMap<>();
    private volatile SnmpConfig config;
    private RequestTransport transport;

    /**
     * Opens the port, answers and notifies from now on.
     *
     * @param alerts  what targets are notified of
     * @throws UncheckedIOException with a line for the operator: no right to the port, no such address, a directory that cannot be written
     */
    public SnmpAgent(final SnmpConfig config, final ExportConfig export, final Telemetry telemetry, final AlertBus alerts) {
        this.config = config;
        this.telemetry = telemetry;
        this.alerts = alerts;
        observationDomain = export.observationDomain();
        oids = new Oids(export.enterpriseNumber());
        transport = bound(config);
        try {
            engine = new Engine(config, EngineState.next(config.stateDirectory(), export.enterpriseNumber()));
            final List<MibTable<?>> groups = groups();
            processor = processor(groups);
            responder = new GetResponder(groups, engine.counters());
            dispatcher = engine.requests();
            dispatcher.addCommandResponder(processor);
            admit();
            listen();
            notifyTargets();
        } catch (final IOException refused) {
            close();
            throw new UncheckedIOException("SNMP: " + refused.getMessage(), refused);
        }
    }

    private static RequestTransport bound(final SnmpConfig config) {
        final ListenAddress listen = config.listen();
        final String endpoint = "SNMP cannot listen on udp " + listen + ": ";
        try {
            return new RequestTransport(new UdpAddress(listen.address(), listen.port()));
        } catch (final BindException refused) {
            final boolean isPrivileged = listen.port() < FIRST_PORT_OF_ALL && refused.getMessage().contains("ermission");
            throw new UncheckedIOException(endpoint + refused.getMessage() + (isPrivileged
                ? "; ports below 1024 need root or CAP_NET_BIND_SERVICE, or set snmp.listen to a port of 1024 or above" : ""), refused);
        } catch (final IOException refused) {
            throw new UncheckedIOException(endpoint + refused.getMessage(), refused);
        }
    }

    private CommandProcessor processor(final List<MibTable<?>> groups) {
        final DefaultMOServer server = new DefaultMOServer();
        server.setLockStrategy(null); // one thread asks, and what it reads is never changed through the agent
        server.addContext(DEFAULT_CONTEXT);
        final CommandProcessor made = new CommandProcessor(engine.id());
        made.addMOServer(server);
        made.addCounterListener(engine.counters());
        try {
            for (final MibTable<?> group : groups) {
                server.register(group, DEFAULT_CONTEXT);
            }
        } catch (final DuplicateRegistrationException twice) {
            throw new IllegalStateException("two groups of the MIBs overlap", twice);
        }
        return made;
    }

    /** Lets in whom the configuration names. */
    private void admit() {
        final Views views = new Views(config, engine.id());
        processor.setVacm(views);
        processor.setCoexistenceProvider(views);
        responder.admit(views);
    }

    private void listen() throws IOException {
        dispatcher.addTransportMapping(transport);
        transport.addTransportListener(dispatcher);
        transport.setReceiveBufferSize(RECEIVE_BUFFER);
        // one thread receives and answers, so that one buffer does; otherwise each request gets one of 64 KiB, for whose sake garbage is collected
        transport.setAsyncMsgProcessingSupported(false);
        transport.answerBy(responder);
        transport.listen();
        transport.setThreadName("snmp");
    }

    /**
     * Takes up other users, communities, targets, texts, and another port, without forgetting who we are.
     *
     * @throws UncheckedIOException     when the port cannot be had; then everything is as it was
     * @throws IllegalArgumentException when a secret cannot be read; the same
     */
    public synchronized void reconfigure(final SnmpConfig wanted) {
        final RequestTransport other = wanted.listen().equals(config.listen()) ? transport : bound(wanted);
        try {
            engine.reconfigure(wanted, dispatcher);
            config = wanted;
            admit();
            if (other != transport) {
                leave();
                transport = other;
                listen();
            }
            notifyTargets();
        } catch (final IOException refused) {
            throw new UncheckedIOException("SNMP: " + refused.getMessage(), refused);
        }
    }

    private void leave() throws IOException {
        dispatcher.removeTransportMapping(transport);
        transport.removeTransportListener(dispatcher);
        transport.close();
    }

    /** Those that are as before notice nothing; those that are gone are told what waits for them, when the new ones listen already. */
    private void notifyTargets() throws IOException {
        final Map<List<Object>, NotificationTarget> gone = new LinkedHashMap<>(targets);
        for (final Target target : config.targets()) {
            final User user = config.users().stream().filter(known -> known.name().equals(target.user())).findFirst().orElse(null);
            final List<Object> key = Arrays.asList(target, user, secrets(target, user));
            if (gone.remove(key) == null && !targets.containsKey(key)) {
                targets.put(key, target(target, user));
            }
        }
        targets.keySet().removeAll(gone.keySet());
        gone.values().forEach(NotificationTarget::close);
    }

    private static List<String> secrets(final Target target, final User user) {
        return Stream.of(target.community(), user == null ? null : user.authenticationKey(), user == null ? null : user.privacyKey())
            .filter(Objects::nonNull).map(Secret::read).toList();
    }

    private NotificationTarget target(final Target target, final User user) throws IOException {
        return new NotificationTarget(target, user, oids, engine, alerts, telemetry.status(),
            telemetry.register(Counter.Scope.ALERTS, "snmp " + target.host() + ":" + target.port()));
    }

    private List<MibTable<?>> groups() {
        final List<MibTable<?>> groups = new ArrayList<>();
        groups.add(StandardMib.system(() -> config, oids.product(), telemetry));
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
    public synchronized void close() {
        targets.values().forEach(NotificationTarget::close);
        try {
            transport.close();
        } catch (final IOException refused) {
            LOGGER.debug("{} was not given up", config.listen(), refused);
        }
    }
}
