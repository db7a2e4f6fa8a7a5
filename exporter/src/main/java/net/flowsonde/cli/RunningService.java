package net.flowsonde.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import net.flowsonde.config.ServiceConfig;
import net.flowsonde.service.ControlReply;
import net.flowsonde.service.ControlServer;
import net.flowsonde.service.Privileges;
import net.flowsonde.service.ServiceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A live pipeline as a service: its control socket, SIGHUP, the service manager, and the user it runs as. */
final class RunningService implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RunningService.class);

    private final ServiceManager manager = ServiceManager.ofEnvironment();
    private final ExporterAssembly assembly;
    private final Reload reload;
    private final Optional<Privileges.Account> account;
    private final ControlServer control;
    private final String status;

    /**
     * Takes commands from now on.
     *
     * @param assembly  whose export runs already
     * @param status    what it does, for the service manager
     */
    RunningService(final ServiceConfig config, final ExporterAssembly assembly, final Reload reload, final String status) {
        this.assembly = assembly;
        this.reload = reload;
        this.status = status;
        account = account(config.user());
        control = control(config.runtimeDirectory());
    }

    private static Optional<Privileges.Account> account(final String user) {
        if (user.isEmpty() || !Privileges.isRoot()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Privileges.Account.of(user));
        } catch (final IllegalArgumentException nobody) {
            throw new WrongUsageException("service.user: " + nobody.getMessage());
        }
    }

    /** Without a socket everything works but {@code reload} and {@code top}. */
    private ControlServer control(final String directory) {
        if (directory.isEmpty()) {
            return null;
        }
        try {
            return new ControlServer(Path.of(directory), Map.of(
                "reload", this::reload, "status", () -> ControlReply.done(new StatusReport(assembly).lines())));
        } catch (final IOException refused) {
            LOGGER.info("no control socket, so that reload and top do not reach this instance: {}", refused.getMessage());
            return null;
        }
    }

    private ControlReply reload() {
        manager.reloading();
        final ControlReply reply = reload.run();
        manager.ready(status);
        return reply;
    }

    /** Starts capturing, as the user that the configuration names. */
    void startCapture(final boolean isHangupReload) throws IOException {
        if (account.isPresent()) {
            if (control != null) {
                control.giveTo(account.get());
            }
            Privileges.become(account.get());
        }
        assembly.startCapture();
        if (account.isPresent()) {
            Privileges.dropCapabilities();
        }
        if (isHangupReload) {
            HangupSignal.handle(this::reload);
        }
        manager.ready(status);
    }

    /** To be called at least once a second. */
    void keepAlive() {
        manager.keepAlive(assembly.health(), System.nanoTime());
    }

    void onStopping() {
        manager.stopping();
    }

    @Override
    public void close() {
        if (control != null) {
            control.close();
        }
    }
}
