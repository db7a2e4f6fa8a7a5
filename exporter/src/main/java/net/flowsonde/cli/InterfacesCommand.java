package net.flowsonde.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import net.flowsonde.capture.CaptureInterface;
import net.flowsonde.capture.NetworkInterfaces;
import net.flowsonde.capture.Offload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "interfaces", mixinStandardHelpOptions = true,
    description = "Lists what can be captured on: index (as in records), name, state, MTU, receive queues, addresses, and the offload "
        + "settings that distort captures. Changes nothing.")
final class InterfacesCommand implements Callable<Integer> {
    private static final String FORMAT = "%5s  %-15s  %-4s  %6s  %6s  %-33s  %s%n";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final List<CaptureInterface> interfaces = NetworkInterfaces.all();
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(FORMAT, "index", "name", "is", "mtu", "queues", "offloads", "addresses");
        interfaces.forEach(found -> out.printf(
            FORMAT, found.index(), found.name(), found.isUp() ? "up" : "down", known(found.mtu()), known(found.receiveQueues()),
            offloads(found), found.addresses().stream().map(AddressText::of).collect(Collectors.joining(" "))));
        explain(interfaces, out);
        return Flowsonde.DONE;
    }

    private static String known(final int number) {
        return number == 0 ? "?" : Integer.toString(number);
    }

    private static String offloads(final CaptureInterface found) {
        return found.offloads().map(offloads -> offloads.isEmpty() ? "none"
            : offloads.stream().sorted().map(Offload::label).collect(Collectors.joining(" "))).orElse("?");
    }

    /** What the offloads that are on somewhere do to a capture, and how to switch them off. */
    private static void explain(final List<CaptureInterface> interfaces, final PrintWriter out) {
        final List<Offload> present =
            interfaces.stream().flatMap(found -> found.offloads().stream()).flatMap(Set::stream).distinct().sorted().toList();
        if (!present.isEmpty()) {
            out.println();
            present.forEach(offload -> out.printf("%-12s %s%n", offload.label(), offload.effect()));
            out.println("Flowsonde counts octets exactly under all of them. To switch one off on a mirror port: ethtool -K NAME OFFLOAD off");
        }
    }
}
