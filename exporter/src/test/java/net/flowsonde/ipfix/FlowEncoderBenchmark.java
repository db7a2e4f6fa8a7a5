package net.flowsonde.ipfix;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import net.flowsonde.enrich.FlowMetadata;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.FlowRecordSamples;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to turn one flow record into its place in a message, or into a line of JSON. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FlowEncoderBenchmark {
    private static final int FLOWS = 1_024;
    private static final int MTU = 1_420;

    private final FlowElements elements = new FlowElements(new OwnElements(32_473), new FlowMetadata());
    private final RecordTemplates<FlowRecord> templates = new RecordTemplates<>(elements, template -> { });
    private final FlowRecord[] flows = new FlowRecord[FLOWS];
    private final MessageBuilder message = new MessageBuilder(MessageForm.IPFIX, MTU);
    private final JsonWriter json = new JsonWriter();

    public FlowEncoderBenchmark() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < FLOWS; i++) {
            flows[i] = FlowRecordSamples.random(random);
        }
    }

    @Benchmark
    @OperationsPerInvocation(FLOWS)
    public int message() {
        int octets = 0;
        for (final FlowRecord flow : flows) {
            final RecordTemplate<FlowRecord> template = templates.of(flow);
            final int length = template.fit(flow, message.maxRecordLength());
            int offset = message.reserve(template.id(), length, true);
            if (offset == MessageBuilder.NO_ROOM) {
                octets += message.finish(new MessageStamp(0, new UpTime()).at(0), 0);
                message.reset();
                offset = message.reserve(template.id(), length, true);
            }
            message.commit(template.write(flow, message.buffer(), offset));
        }
        return octets;
    }

    @Benchmark
    @OperationsPerInvocation(FLOWS)
    public int jsonLine() {
        int octets = 0;
        for (final FlowRecord flow : flows) {
            json.begin();
            templates.of(flow).writeJson(flow, json);
            json.end();
            octets += json.length();
        }
        return octets;
    }
}
