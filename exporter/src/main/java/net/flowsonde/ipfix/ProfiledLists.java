package net.flowsonde.ipfix;

import static net.flowsonde.flow.FlowRecord.FORWARD;
import static net.flowsonde.flow.FlowRecord.REVERSE;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.ipfix.Profile.Rows;

/** The lists of all kinds of records that a profile sends, as it sends them. */
final class ProfiledLists {
    private final RecordElements<FlowRecord> flows;
    private final RecordElements<FlowRecord> backward;
    private final List<RecordElements<?>> all = new ArrayList<>();

    /** @param upTime  the clock of times that count from the boot; null where there is none */
    ProfiledLists(final RecordLists lists, final Profile profile, final UpTime upTime) {
        final Rows chosen = profile.rows().get(RecordKind.FLOW);
        if (profile.isUniflow()) {
            final Uniflows uniflows = new Uniflows(Stream.concat(lists.flows.all().stream(), lists.flows.derived().stream()).toList());
            flows = ProfiledElements.uniflow(lists.flows, chosen, row -> uniflows.row(row, FORWARD), upTime);
            backward = ProfiledElements.uniflow(lists.flows, chosen, row -> uniflows.row(row, REVERSE), upTime);
        } else {
            flows = ProfiledElements.of(lists.flows, chosen, upTime);
            backward = null;
        }
        all.add(flows);
        lists.all().stream().filter(list -> list != lists.flows && profile.has(list.kind()))
            .forEach(list -> all.add(ProfiledElements.of(list, profile.rows().get(list.kind()), upTime)));
    }

    /** Flows of both directions, or of the client's in a profile of uniflows. */
    RecordElements<FlowRecord> flows() {
        return flows;
    }

    boolean isUniflow() {
        return backward != null;
    }

    /** Flows of the server's direction in a profile of uniflows. */
    RecordElements<FlowRecord> backward() {
        return backward;
    }

    /** Every list but that of the server's direction, whose templates are those of the client's. */
    List<RecordElements<?>> all() {
        return all;
    }
}
