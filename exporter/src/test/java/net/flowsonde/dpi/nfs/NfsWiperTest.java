package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.IntConsumer;
import net.flowsonde.config.FilesConfig;
import net.flowsonde.enrich.file.FileEnrichment;
import net.flowsonde.telemetry.Alert;
import net.flowsonde.telemetry.AlertBus;
import net.flowsonde.telemetry.AlertKind;
import net.flowsonde.telemetry.AlertQueue;
import net.flowsonde.telemetry.AlertRules;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Snapshot;
import net.flowsonde.telemetry.Telemetry;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** From the packets to the alert: whoever empties file after file over NFS is caught, in every version and by every way that it has for that. */
class NfsWiperTest extends Nfs42Talk {
    private static final int ROOT = 1;
    private static final int FILES = 600;

    private final Telemetry telemetry = new Telemetry();
    private final AlertBus bus = new AlertBus(
        new AlertRules(Duration.ofMinutes(10), 1_000, EnumSet.noneOf(AlertKind.class)), telemetry, NOPLogger.NOP_LOGGER);
    private final AlertQueue alerts = bus.subscribe(100);
    private final FileEnrichment files = new FileEnrichment(
        FilesConfig.DEFAULT, bus, new Snapshot<>(), telemetry.register(Counter.Scope.EXPORT, "test"));

    NfsWiperTest() {
        super(new NfsLab());
    }

    @Test
    void shouldCatchAWiperOfVersion2() {
        assertCaught(i -> lab.exchange(2, 2, call -> call.handle2(i + 10).zeros(12).integer(0).zeros(16), reply -> reply.integer(0).zeros(68)));
    }

    @Test
    void shouldCatchAWiperOfVersion3() {
        assertCaught(i -> lab.exchange(3, 2, call -> call.handleOf(i + 10).zeros(12).integer(1).hyper(0).zeros(8).integer(0),
            reply -> reply.integer(0).integer(1).hyper(700).zeros(16).integer(0)));
    }

    @Test
    void shouldCatchAWiperOfVersion3ThatMakesTheFilesItHasListed() {
        list3();
        assertCaught(i -> lab.exchange(3, 8, call -> call.handleOf(ROOT).text("f" + i).integer(0).zeros(12).integer(1).hyper(0).zeros(8),
            reply -> reply.integer(0).integer(1).handleOf(i + 10).integer(0).noChange3()));
    }

    private void list3() {
        lab.exchange(3, 17, call -> call.handleOf(ROOT).hyper(0).hyper(0).integer(500).integer(500), reply -> {
            reply.integer(0).integer(0).hyper(0);
            for (int i = 0; i < FILES; i++) {
                reply.integer(1).hyper(i).text("f" + i).hyper(i).integer(0).integer(1).handleOf(i + 10);
            }
            reply.integer(0).integer(1);
        });
    }

    @Test
    void shouldCatchAWiperOfVersion4ThatSetsSizes() {
        assertCaught(i -> root().lookup("f" + i).setSize(0, 0).send(1));
    }

    @Test
    void shouldCatchAWiperOfVersion4ThatOpensFiles() {
        assertCaught(i -> root().openSized("f" + i, i + 1, false, 0, 1).close(i + 1).send(1));
    }

    @Test
    void shouldCatchAWiperOfVersion4ThatPunchesHoles() {
        assertCaught(i -> at("f" + i).space(DEALLOCATE, 0, Long.MAX_VALUE).send(2));
    }

    /** What a machine does to the image of its disk, and whoever then writes again. */
    @Test
    void shouldNotMindHolesThatLeaveMostOfAFileOrAreFilledAgain() {
        for (int i = 0; i < FILES; i++) {
            final int file = i + 10;
            root().open("f" + i, STATE, false, 1, 1).handle(file).op(GETATTR, call -> call.integer(1).integer(1 << 4),
                reply -> reply.integer(1).integer(1 << 4).opaque(new RpcWriter().hyper(1_000).octets())).send(2);
            file(file);
            space(DEALLOCATE, 4 * (i & 1), 500).close(STATE).send(2);
            root().open("g" + i, STATE + 1, false, 1, 1).handle(file + FILES).send(2);
            file(file + FILES);
            space(DEALLOCATE, 0, 500).write(STATE + 1, 500).close(STATE + 1).send(2);
        }
        assertThat(raised()).isEmpty();
    }

    /** What `cp` does to files that are there. */
    @Test
    void shouldNotMindWhoeverWritesThemAnew() {
        for (int i = 0; i < FILES; i++) {
            final int file = i + 10;
            lab.exchange(3, 2, call -> call.handleOf(file).zeros(12).integer(1).hyper(0).zeros(8).integer(0),
                reply -> reply.integer(0).integer(1).hyper(700).zeros(16).integer(0));
            lab.exchange(3, 7, call -> call.handleOf(file).hyper(0).integer(500).integer(2).opaque(new byte[500]),
                reply -> reply.integer(0).integer(0).attributes3(500).integer(500).integer(2).hyper(0));
            root().openSized("g" + i, i + 1, false, 0, 1).write(i + 1, 500).close(i + 1).send(1);
        }
        assertThat(raised()).isEmpty();
    }

    private void assertCaught(final IntConsumer wipe) {
        for (int i = 0; i < FILES; i++) {
            wipe.accept(i);
        }
        assertThat(raised()).containsExactly(AlertKind.DESTRUCTION_BURST);
    }

    private List<AlertKind> raised() {
        lab.reset().pass(120_000);
        lab.records().forEach(access -> {
            files.onAccess(access);
            files.tellIfDue(access.endNs(), activity -> { });
        });
        files.tellLast(activity -> { });
        final List<AlertKind> kinds = new ArrayList<>();
        for (Alert alert = alerts.poll(); alert != null; alert = alerts.poll()) {
            kinds.add(alert.kind());
        }
        return kinds;
    }
}
