package net.flowsonde.capture;

import java.util.List;
import java.util.Optional;

/** The network interfaces of this machine and the settings that distort captures. Reads only, changes nothing. */
public final class NetworkInterfaces {
    private NetworkInterfaces() {
    }

    /** All interfaces by index. */
    public static List<CaptureInterface> all() {
        return List.of();
    }

    /** The interface of that name, if there is one. */
    public static Optional<CaptureInterface> find(final String name) {
        return all().stream().filter(found -> found.name().equals(name)).findFirst();
    }
}
