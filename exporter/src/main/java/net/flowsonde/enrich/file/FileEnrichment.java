package net.flowsonde.enrich.file;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import net.flowsonde.config.FilesConfig;
import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.FileServerRow;
import net.flowsonde.telemetry.Snapshot;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Everything that is made of file accesses on the export thread: users and paths for flows, ransomware signals, the inventory of servers;
 * and the one place where users, paths and shares are masked before they leave.
 */
public final class FileEnrichment {
    private static final int MOST_FLOWS = 65_536;

    private final Counters counters;
    private final UserNumbers numbers;
    private final FileMask mask;
    private final RecordQuota quota;
    private final FileActors actors;
    private final AlertBus alerts;
    private FileExposure exposure;
    private final FileUsers users;
    private final FileServers servers;
    private final Snapshot<FileServerRow> serverRows;
    private final Map<Long, FlowUse> flows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<Long, FlowUse> eldest) {
            if (size() <= MOST_FLOWS) {
                return false;
            }
            counters.increment(Counter.FILE_FLOWS_EVICTED);
            return true;
        }
    };
    private final FlowUse other = new FlowUse();
    private final MutableDirectBuffer maskedOctets = new UnsafeBuffer(new byte[FileAccess.MAX_LENGTH]);
    private final FileAccess masked = new FileAccess();
    private long latestNs;

    /**
     * @param serverRows  where the inventory is published
     * @param counters    of the export thread
     * @throws IllegalArgumentException if the key that masks or the names of users cannot be read
     */
    public FileEnrichment(
        final FilesConfig config, final AlertBus alerts, final Snapshot<FileServerRow> serverRows, final Counters counters) {
        this.alerts = alerts;
        this.counters = counters;
        this.serverRows = serverRows;
        mask = new FileMask(config.maskKeyFile().map(FileEnrichment::keyOf), config.unmasked());
        numbers = new UserNumbers(counters);
        numbers.load(config.userNumbersFile());
        quota = new RecordQuota(config.recordsPerMinute());
        actors = new FileActors(config, alerts, mask, counters);
        exposure = new FileExposure(config.canaries(), alerts, mask);
        users = new FileUsers(config.userInference(), counters);
        servers = new FileServers(counters);
    }

    /** Takes up other thresholds, canaries, limits and names of users, not another key. */
    public void reconfigure(final FilesConfig config) {
        numbers.load(config.userNumbersFile());
        mask.unmasked(config.unmasked());
        quota.limit(config.recordsPerMinute());
        actors.reconfigure(config);
        exposure = new FileExposure(config.canaries(), alerts, mask);
        users.inference(config.userInference());
    }

    private static byte[] keyOf(final Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (final IOException unreadable) {
            throw new IllegalArgumentException("files.mask-key-file: " + file + " cannot be read", unreadable);
        }
    }

    /**
     * Learns from an access or a logon.
     *
     * @return what is to be exported of it, valid until the next call; null when the client's quota is used up
     */
    public FileAccess onAccess(final FileAccess told) {
        final FileAccess access = numbers.named(told);
        final FileEvent event = FileEvent.of(access);
        final boolean isExported = quota.take(event.client(), event.endNs());
        if (!isExported) {
            counters.increment(Counter.FILE_RECORDS_SUPPRESSED);
        }
        users.onEvent(event);
        servers.onEvent(event);
        exposure.onEvent(event, access.text(Name.PATH), access.text(Name.SECOND_PATH));
        if (!event.share().isEmpty() || !event.path().isEmpty()) {
            actors.onEvent(event, !isExported);
        }
        onFlowOf(event, access);
        return isExported ? masked(access) : null;
    }

    private void onFlowOf(final FileEvent event, final FileAccess access) {
        final FlowUse use = flows.computeIfAbsent(event.flowId(), flowId -> new FlowUse());
        use.add(event, FilePath.full(mask.share(event.share()), mask.path(access.text(Name.PATH))));
        if (!event.user().isEmpty() && event.isOk()) {
            use.user(mask.name(event.user()), mask.name(event.domain()), UserSource.FLOW);
        }
    }

    private FileAccess masked(final FileAccess access) {
        if (!mask.isOn()) {
            return access;
        }
        access.copyTo(maskedOctets, this::masked);
        final boolean isUserNumber = access.authentication() == FileAuthentication.AUTH_SYS.code();
        access.number(maskedOctets, isUserNumber ? mask.userNumber(access.sessionId()) : access.sessionId(), mask.pathNumber(access.pathHash()));
        return masked.wrap(maskedOctets, 0);
    }

    private String masked(final Name name, final String text) {
        return switch (name) {
            case USER, DOMAIN, WORKSTATION -> mask.name(text);
            case PATH, SECOND_PATH -> mask.path(text);
            case SHARE -> mask.share(text);
        };
    }

    /** What is known of the flow of a record that is exported next; valid until the next call. Null when nothing is. */
    public FlowUse onFlow(final FlowRecord flow) {
        final FlowUse own = flows.isEmpty() ? null : flows.get(flow.flowId());
        if (own != null && own.userSource() == UserSource.FLOW || users.isEmpty()) {
            return own;
        }
        final InetAddress client = FileEvent.address(flow.buffer(), flow.sourceAddressOffset(), flow.ipVersion());
        final InetAddress server = FileEvent.address(flow.buffer(), flow.destinationAddressOffset(), flow.ipVersion());
        final FileUsers.User session = users.of(client, server);
        final FileUsers.User user = session != null ? session : users.inferred(client, flow.flowStartNs(), flow.flowEndNs());
        if (user == null) {
            return own;
        }
        final FlowUse use = own == null ? other : own;
        use.user(mask.name(user.name()), mask.name(user.domain()), session != null ? UserSource.SESSION : UserSource.INFERRED);
        return use;
    }

    /** The record of the flow has been exported. */
    public void onFlowExported(final FlowRecord flow) {
        final FlowUse use = flows.isEmpty() ? null : flows.get(flow.flowId());
        if (use != null) {
            use.startNextRecord();
        }
    }

    /** Tells what everybody did, once a minute by the clock of the traffic. */
    public void tellIfDue(final long nowNs, final Consumer<FileActivity> consumer) {
        latestNs = Math.max(latestNs, nowNs);
        actors.tellIfDue(latestNs, activity -> consumer.accept(masked(activity)));
    }

    /** Tells what everybody did since it was told last. */
    public void tellLast(final Consumer<FileActivity> consumer) {
        actors.tellLast(latestNs, activity -> consumer.accept(masked(activity)));
    }

    /** Shows the inventory of servers to others, and looks after the names of users; once a second or so. */
    public void publish() {
        numbers.refresh();
        serverRows.publish(servers.rows());
    }

    private FileActivity masked(final FileActivity activity) {
        return mask.isOn() ? activity.withNames(mask.name(activity.user()), mask.name(activity.domain()), mask.share(activity.share())) : activity;
    }
}
