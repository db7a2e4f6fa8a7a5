package net.flowsonde.ipfix;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.flowsonde.config.ExportConfig;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.telemetry.Gauge;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * Records to messages, with the templates and options records that explain them. Templates come in messages of their own before
 * the first record that needs them: those of ordinary traffic at the start of a session, those of tunnels and labels when first used.
 */
final class IpfixExporter implements RecordExporter {
    private static final long NS_PER_MS = 1_000_000;
    private static final long OPTIONS_RETRY_NS = TimeUnit.SECONDS.toNanos(1);

    /** How long a record waits for its message to fill. */
    static final long MAX_DELAY_NS = TimeUnit.SECONDS.toNanos(1);

    private final MessageSink sink;
    private final EpochClock epochClock;
    private final NanoClock nanoClock;
    private final IpfixSession session;
    private final MessageLedger ledger;
    private final Patience patience;
    private final TemplateReport report;
    private final OptionsRecords options;
    private final UpTime upTime;
    private final boolean isBootRelative;
    private final TemplateRegister register;
    private final RecordTemplates<FlowRecord> flows;
    private final RecordTemplates<FlowRecord> backward;
    private final long refreshNs;
    private final long refreshMessages;
    private final long statisticsNs;

    private final List<Template> templates = new ArrayList<>();
    private int announced;
    private boolean isNamesDue;
    private boolean isAnnouncingNames;
    private boolean isStatisticsDue;
    private long announcedNs;
    private long announcedMessages;
    private long statisticsSentNs;
    private boolean isOptionsDelayed;
    private long optionsRefusedNs;

    private final MessageBuilder data;
    private final MessageContents dataContents = new MessageContents();
    private long dataSinceNs;
    private final MessageBuilder control;
    private final MessageContents controlContents = new MessageContents();
    private final OptionsRecords.Consumer controlConsumer = this::appendOptions;

    IpfixExporter(
        final ExportConfig config, final MessageSink sink, final ExportAgent.Pace pace, final ProfiledLists lists, final MessageForm form,
        final UpTime upTime, final OptionsElements optionsElements, final OptionsRecords options, final EpochClock epochClock, final NanoClock nanoClock) {
        this.sink = sink;
        this.epochClock = epochClock;
        this.nanoClock = nanoClock;
        this.options = options;
        ledger = new MessageLedger(sink.counters());
        report = new TemplateReport(sink.counters());
        if (sink.isLossy()) {
            sink.counters().set(Gauge.TEMPLATE_REFRESH_SECONDS, config.templateRefresh().toSeconds());
            sink.counters().set(Gauge.TEMPLATE_REFRESH_MESSAGES, config.templatePackets());
        }
        sink.counters().set(Gauge.PROTOCOL_VERSION, form == MessageForm.IPFIX ? 10 : 9);
        session = new IpfixSession(sink, config, form, upTime, epochClock, ledger);
        patience = new Patience(sink, ledger, pace, nanoClock);
        this.upTime = upTime;
        isBootRelative = form == MessageForm.NETFLOW_V9;
        refreshNs = config.templateRefresh().toNanos();
        refreshMessages = config.templatePackets();
        statisticsNs = config.statisticsInterval().toNanos();
        data = new MessageBuilder(form, sink.maxMessageLength());
        control = new MessageBuilder(form, sink.maxMessageLength());
        templates.addAll(optionsElements.all());
        register = new TemplateRegister(lists.all(), this::onTemplate);
        register.makeOrdinary();
        flows = register.of(lists.flows());
        backward = lists.isUniflow() ? new RecordTemplates<>(lists.backward(), this::onTemplate) : null;
    }

    @Override
    public void onFlow(final FlowRecord flow) {
        ledger.onOffered(flow);
        if (isBootRelative) {
            fitTime(flow);
        }
        if (backward == null) {
            appendFlow(flows.of(flow), flow);
            dataContents.add(flow);
        } else {
            onUniflows(flow);
        }
    }

    /** Sends what waits, when its message cannot tell the times of this flow too. */
    private void fitTime(final FlowRecord flow) {
        final long startMs = flow.flowStartNs() / NS_PER_MS;
        final long endMs = flow.flowEndNs() / NS_PER_MS;
        if (data.dataRecords() != 0 && !upTime.fits(startMs, endMs)) {
            sendData();
        }
        if (data.dataRecords() == 0) {
            upTime.begin(startMs);
        }
    }

    /** The message that tells a flow is the one that had room for it, perhaps a later one than that which was begun with it. */
    private void appendFlow(final RecordTemplate<FlowRecord> template, final FlowRecord flow) {
        append(template, flow);
        if (isBootRelative) {
            upTime.add(flow.flowEndNs() / NS_PER_MS);
        }
    }

    /** A record for each direction that something was seen of; together they count as the one that they were. */
    private void onUniflows(final FlowRecord flow) {
        final boolean isAnswered = isSeen(flow, FlowRecord.REVERSE);
        final boolean isAsked = isSeen(flow, FlowRecord.FORWARD) || !isAnswered;
        if (isAsked) {
            appendFlow(flows.of(flow), flow);
            dataContents.add(flow, FlowRecord.FORWARD);
        }
        if (isAnswered) {
            appendFlow(backward.of(flow), flow);
            dataContents.add(flow, FlowRecord.REVERSE);
        }
        dataContents.records++;
    }

    private static boolean isSeen(final FlowRecord flow, final int direction) {
        return flow.frames(direction) != 0 || flow.packets(direction) != 0;
    }

    @Override
    public <R> void onRecord(final RecordElements<R> elements, final R record) {
        if (register.has(elements.kind())) {
            ledger.onMetadataOffered();
            append(register.of(elements).of(record), record);
            dataContents.metadataRecords++;
        }
    }

    private <R> void append(final RecordTemplate<R> template, final R record) {
        final int length = template.fit(record, data.maxRecordLength());
        int offset = data.reserve(template.id(), length, true);
        if (offset == MessageBuilder.NO_ROOM) {
            sendData();
            offset = data.reserve(template.id(), length, true);
        }
        if (data.dataRecords() == 0) {
            dataSinceNs = nanoClock.nanoTime();
        }
        data.commit(template.write(record, data.buffer(), offset));
        report.onRecord(template);
        if (template.isCut()) {
            ledger.onCut();
        }
    }

    @Override
    public int doWork(final long nowNs) {
        int work = sink.doWork(nowNs);
        work += ledger.settle(sink);
        if (prepareSession(nowNs) && isOptionsDue(nowNs)) {
            sendOptions(nowNs);
            work++;
        }
        if (data.dataRecords() != 0 && nowNs - dataSinceNs >= MAX_DELAY_NS) {
            sendData();
            work++;
        }
        return work + ledger.settle(sink);
    }

    @Override
    public void onDraining() {
        patience.onDraining();
        sink.onDraining();
    }

    @Override
    public void close() {
        sendData();
        final boolean isSettled = awaitSettled();
        isStatisticsDue = true;
        if (prepareSession(nanoClock.nanoTime())) {
            sendOptions(nanoClock.nanoTime());
        }
        if (isSettled) {
            awaitSettled();
        }
        sink.close();
        ledger.settle(sink);
    }

    /** Lets the sink send what it has taken, so that the last statistics are true; false when it did not, within bounded time. */
    private boolean awaitSettled() {
        sink.flush();
        do {
            ledger.settle(sink);
        } while (!isSettled() && patience.isTryingAgain());
        return isSettled();
    }

    private boolean isSettled() {
        return ledger.isEmpty() && sink.waitingOctets() == 0;
    }

    private void onTemplate(final Template template) {
        if (templates.stream().noneMatch(known -> known.id() == template.id())) {
            templates.add(template);
        }
    }

    private void sendData() {
        if (data.dataRecords() != 0 && !send(data, dataContents)) {
            ledger.onRefused(dataContents);
        }
        data.reset();
        dataContents.reset();
        upTime.end();
    }

    /** Sends a message behind everything that its session needs first; false when the sink has refused it for good. */
    private boolean send(final MessageBuilder message, final MessageContents contents) {
        do {
            if (prepareSession(nanoClock.nanoTime()) && announceNames() && session.offer(message, contents)) {
                patience.onTaken();
                return true;
            }
        } while (patience.isTryingAgain());
        return false;
    }

    /** Sends the descriptions of our own elements and other names where they are due: a session hears of them before their data. */
    private boolean announceNames() {
        if (isNamesDue) {
            control.reset();
            controlContents.reset();
            isAnnouncingNames = true;
            isNamesDue = !(options.names(controlConsumer) && flushOptions());
            isAnnouncingNames = false;
        }
        return !isNamesDue;
    }

    /** Sends the templates that a session needs before data, where they are due; false when they could not be sent. */
    private boolean prepareSession(final long nowNs) {
        ledger.settle(sink);
        if (session.isNew()) {
            isStatisticsDue = true;
            announceAgain(nowNs);
        }
        if (!session.isOpen()) {
            return false;
        }
        if (sink.isLossy() && isRefreshDue(nowNs)) {
            announceAgain(nowNs);
        }
        return announceTemplates();
    }

    private void announceAgain(final long nowNs) {
        announced = 0;
        announcedNs = nowNs;
        announcedMessages = session.messages();
        isNamesDue = true;
        isOptionsDelayed = false;
    }

    private boolean isRefreshDue(final long nowNs) {
        return nowNs - announcedNs >= refreshNs || session.messages() - announcedMessages >= refreshMessages;
    }

    private boolean announceTemplates() {
        while (announced < templates.size()) {
            int next = announced;
            control.reset();
            while (next < templates.size() && control.append(templates.get(next))) {
                next++;
            }
            controlContents.reset();
            controlContents.hasTemplates = true;
            controlContents.isAnnouncement = true;
            controlContents.isFirstAnnouncement = announced == 0;
            if (!offerControl()) {
                return false;
            }
            for (final Template template : templates.subList(announced, next)) {
                report.onAnnounced(template, epochClock.time());
            }
            announced = next;
        }
        return true;
    }

    private boolean isOptionsDue(final long nowNs) {
        final boolean isDue = isNamesDue || isStatisticsDue || nowNs - statisticsSentNs >= statisticsNs;
        return isDue && (!isOptionsDelayed || nowNs - optionsRefusedNs >= OPTIONS_RETRY_NS);
    }

    /** Sends names and statistics where due; what a sink refuses is tried again a little later, and holds up no flow record. */
    private void sendOptions(final long nowNs) {
        optionsRefusedNs = nowNs;
        announceNames();
        isStatisticsDue |= nowNs - statisticsSentNs >= statisticsNs;
        control.reset();
        controlContents.reset();
        if (isStatisticsDue && options.statistics(controlConsumer) && flushOptions()) {
            isStatisticsDue = false;
            statisticsSentNs = nowNs;
        }
        isOptionsDelayed = isNamesDue || isStatisticsDue;
    }

    private boolean appendOptions(final OptionsTemplate template, final DirectBuffer record, final int length) {
        if (!control.append(template.id(), record, length)) {
            if (!flushOptions()) {
                return false;
            }
            control.append(template.id(), record, length);
        }
        controlContents.optionsRecords++;
        report.onRecord(template);
        return true;
    }

    private boolean flushOptions() {
        controlContents.isAnnouncement = isAnnouncingNames;
        final boolean isTaken = control.isEmpty() || offerControl();
        control.reset();
        controlContents.reset();
        return isTaken;
    }

    /** Offers the control message with patience, but only to the session that it was made for. */
    private boolean offerControl() {
        do {
            if (session.offer(control, controlContents)) {
                patience.onTaken();
                return true;
            }
        } while (patience.isTryingAgain() && session.isCurrent());
        return false;
    }
}
