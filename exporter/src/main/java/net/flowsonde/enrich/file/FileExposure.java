package net.flowsonde.enrich.file;

import java.util.List;
import java.util.Locale;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.FileProtocol;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;

/** What is an alarm by itself: a canary touched (S9), SMB1, anonymous and guest access, administrative shares (S11). */
final class FileExposure {
    private final AlertBus alerts;
    private final FileMask mask;
    private final List<String> canaries;

    FileExposure(final List<String> canaries, final AlertBus alerts, final FileMask mask) {
        this.alerts = alerts;
        this.mask = mask;
        this.canaries = canaries.stream().map(FileExposure::folded).toList();
    }

    /** @param path  below the share, as the record has it; the second path as well */
    void onEvent(final FileEvent event, final String path, final String secondPath) {
        if (event.protocol() == FileProtocol.SMB1) {
            raise(AlertKind.SMB1_IN_USE, event, event.server().getHostAddress(), "speaks SMB1");
        }
        if (event.isOk() && event.operation() != FileOperation.LOGOFF) {
            weak(event);
        }
        if (!touch(event, path) && isReplacing(event)) {
            touch(event, secondPath);
        }
    }

    /** What is at its second path now is another file than before; of a symbolic link that is only a text. */
    private static boolean isReplacing(final FileEvent event) {
        return switch (event.operation()) {
            case RENAME, LINK, COPY -> true;
            default -> false;
        };
    }

    private boolean touch(final FileEvent event, final String path) {
        if (path.isEmpty() || !isCanary(FilePath.full(event.share(), path))) {
            return false;
        }
        final String masked = FilePath.full(mask.share(event.share()), mask.path(path));
        raise(AlertKind.CANARY_TOUCHED, event, masked, event.operation().text() + " on the canary " + masked + " by " + user(event));
        return true;
    }

    private void weak(final FileEvent event) {
        final String share = mask.share(event.share());
        if (event.authentication() == FileAuthentication.ANONYMOUS && isFileWork(event)) {
            raise(AlertKind.WEAK_FILE_ACCESS, event, share, "anonymous access to " + share);
        } else if (event.authentication() == FileAuthentication.GUEST && isFileWork(event)) {
            raise(AlertKind.WEAK_FILE_ACCESS, event, share, "guest access to " + share);
        }
        if (isAdministrative(event.share()) && isFileWork(event)) {
            raise(AlertKind.WEAK_FILE_ACCESS, event, share, "access to the administrative share " + share + " by " + user(event));
        }
    }

    /** An anonymous session with the pipes of IPC$ is how browsing begins, and nothing to tell. */
    private static boolean isFileWork(final FileEvent event) {
        return !event.share().isEmpty() && !nameOf(event.share()).equalsIgnoreCase("IPC$") && event.operation() != FileOperation.LOGON;
    }

    private static boolean isAdministrative(final String share) {
        final String name = nameOf(share).toUpperCase(Locale.ROOT);
        return name.equals("ADMIN$") || name.length() == 2 && name.charAt(1) == '$' && Character.isLetter(name.charAt(0));
    }

    private static String nameOf(final String share) {
        return share.substring(share.lastIndexOf('\\') + 1);
    }

    private boolean isCanary(final String path) {
        final String folded = folded(path);
        for (final String canary : canaries) {
            if (canary.endsWith("*") ? folded.contains(canary.substring(0, canary.length() - 1)) : folded.endsWith(canary)) {
                return true;
            }
        }
        return false;
    }

    private static String folded(final String path) {
        return path.replace('\\', '/').toLowerCase(Locale.ROOT);
    }

    private String user(final FileEvent event) {
        return event.user().isEmpty() ? "an unknown user" : mask.name(event.user());
    }

    private void raise(final AlertKind kind, final FileEvent event, final String about, final String text) {
        if (alerts.isEnabled(kind)) {
            final String client = event.client().getHostAddress();
            final String server = event.server().getHostAddress();
            alerts.raise(Alert.of(kind, event.endNs(), client + ' ' + server + ' ' + about, client + " with " + server + ": " + text)
                .between(event.client(), event.server()).inFlow(event.flowId()));
        }
    }
}
