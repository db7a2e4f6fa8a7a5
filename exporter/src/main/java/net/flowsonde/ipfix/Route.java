package net.flowsonde.ipfix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.flowsonde.config.CollectorGroup;

/**
 * Collectors of which each record goes to one: a single one, or a group. A member that cannot be reached is left out; when none can, the
 * record goes to the one that it would go to if all could, to wait there. Owned by the export thread.
 */
final class Route {
    private final CollectorGroup.Mode mode;
    private final List<Member> members = new ArrayList<>();

    /** @param seed  tells this member from the others, in every run alike */
    private record Member(MessageSink sink, RecordExporter exporter, long seed) {
    }

    private Route(final CollectorGroup.Mode mode) {
        this.mode = mode;
    }

    /** The routes to all of these, groups in the place of their first member. */
    static List<Route> of(final Map<Destination, RecordExporter> exporters) {
        final Map<Object, Route> routes = new LinkedHashMap<>();
        exporters.forEach((destination, exporter) -> routes
            .computeIfAbsent(destination.group().isPresent() ? destination.group().get() : destination,
                key -> new Route(destination.group().map(CollectorGroup::mode).orElse(CollectorGroup.Mode.FAILOVER)))
            .members.add(new Member(destination.sink(), exporter, mix(destination.sink().name().hashCode()))));
        return List.copyOf(routes.values());
    }

    /**
     * Who gets the records of a flow. By hash, each member has a weight for the flow and the heaviest that is up wins, so that a member that
     * leaves, or comes back, moves no flow but its own.
     */
    RecordExporter of(final long flowId) {
        if (members.size() == 1) {
            return members.get(0).exporter;
        }
        final Member reachable = mode == CollectorGroup.Mode.HASH ? heaviest(flowId, true) : firstUp();
        return (reachable != null ? reachable : mode == CollectorGroup.Mode.HASH ? heaviest(flowId, false) : members.get(0)).exporter;
    }

    private Member firstUp() {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).sink.isUp()) {
                return members.get(i);
            }
        }
        return null;
    }

    private Member heaviest(final long flowId, final boolean isUpOnly) {
        Member heaviest = null;
        long most = Long.MIN_VALUE;
        for (int i = 0; i < members.size(); i++) {
            final Member member = members.get(i);
            final long weight = mix(flowId ^ member.seed);
            if ((!isUpOnly || member.sink.isUp()) && (heaviest == null || weight > most)) {
                heaviest = member;
                most = weight;
            }
        }
        return heaviest;
    }

    /** Steele, Lea and Flood's finalizer of SplittableRandom: every bit of the result depends on every bit of {@code value}. */
    private static long mix(final long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }
}
