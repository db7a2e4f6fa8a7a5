package net.flowsonde.capture;

import java.util.stream.Collectors;
import net.flowsonde.config.CaptureConfig;

/** What all queues of one interface have in common, for opening them and opening them again. */
final class LiveInterface {
    /** libpcap's name for all interfaces at once. */
    static final String ANY = "any";

    private final CaptureConfig config;
    private final String name;
    private final LiveFilter filter;
    private final Fanout fanout;

    LiveInterface(final CaptureConfig config, final String name, final LiveFilter filter, final int queues) {
        this.config = config;
        this.name = name;
        this.filter = filter;
        fanout = new Fanout(queues);
    }

    String name() {
        return name;
    }

    /** Whether it is all interfaces at once, which is no interface to the system: it has no index and no flags. */
    boolean isAny() {
        return name.equals(ANY);
    }

    CaptureConfig config() {
        return config;
    }

    Fanout fanout() {
        return fanout;
    }

    /** The operator's filter, less our own traffic. */
    String filter() {
        return filter.text();
    }

    /** Grows whenever the filter changes. */
    long filterVersion() {
        return filter.version();
    }

    /** The interface as it is now; a {@link CaptureException} names those that exist when it is not there or is down. */
    CaptureInterface find() {
        final CaptureInterface found = NetworkInterfaces.find(name).orElseThrow(() -> new CaptureException(
            "there is no interface " + name + "; there are: " + NetworkInterfaces.all().stream().map(CaptureInterface::name)
                .collect(Collectors.joining(", "))));
        if (!found.isUp()) {
            throw new CaptureException("interface " + name + " is down; bring it up first: ip link set " + name + " up");
        }
        return found;
    }

    CaptureException permissionDenied(final String detail) {
        return new CaptureException("no permission to capture on " + name + " (" + detail + "): run as root or with CAP_NET_RAW"
            + " (systemd: AmbientCapabilities=CAP_NET_RAW; or setcap cap_net_raw+ep on the java binary)");
    }

    CaptureException failure(final String detail) {
        return new CaptureException("cannot capture on " + name + ": " + detail);
    }

    /** From the errno of this thread's last system call. */
    CaptureException failure(final String call, final int error) {
        final String detail = call + ": " + LibC.functions().strerror(error);
        return error == LibC.EPERM || error == LibC.EACCES ? permissionDenied(detail) : failure(detail);
    }
}
