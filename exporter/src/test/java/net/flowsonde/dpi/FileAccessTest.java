package net.flowsonde.dpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.flowsonde.dpi.FileAccess.Name;
import net.flowsonde.flow.FlowRecord;
import net.flowsonde.flow.RecordRing;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Telemetry;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FileAccessTest {
    private final Counters counters = new Telemetry().register(Counter.Scope.QUEUE, "test");
    private final RecordRing ring = new RecordRing(1 << 14, () -> false);
    private final FileAccessWriter writer = new FileAccessWriter(ring, counters);
    private final FileParties parties = new FileParties().set(new FlowRecord().wrap(new UnsafeBuffer(new byte[FlowRecord.LENGTH]), 0), 0);
    private final FileAccess view = new FileAccess();

    @Test
    void shouldGiveBackWhatWasWritten() {
        writer.begin(parties).times(5, 9).protocol(FileProtocol.SMB3_1_1).operation(FileOperation.RENAME)
            .status(0xC0000022, FileResult.DENIED).session(-7, FileAuthentication.NTLM).read(1L << 40, 3).written(4, 5).sizes(6, 7)
            .raise(FileAccess.FLAG_SIGNED).raise(FileAccess.FLAG_DIRECTORY)
            .name(Name.USER, text("jürgen")).name(Name.SHARE, text("\\\\srv\\data")).path(text("a\\b")).secondPath(text("c")).publish();
        final List<Integer> types = new ArrayList<>();
        ring.drain((type, buffer, offset, length) -> {
            types.add(type);
            view.wrap(buffer, offset);
            assertThat(view.startNs()).isEqualTo(5);
            assertThat(view.endNs()).isEqualTo(9);
            assertThat(view.protocol()).isEqualTo(FileProtocol.SMB3_1_1.code());
            assertThat(view.operation()).isEqualTo(FileOperation.RENAME.code());
            assertThat(view.status()).isEqualTo(0xC0000022);
            assertThat(view.result()).isEqualTo(FileResult.DENIED.code());
            assertThat(view.sessionId()).isEqualTo(-7);
            assertThat(view.authentication()).isEqualTo(FileAuthentication.NTLM.code());
            assertThat(view.readOctets()).isEqualTo(1L << 40);
            assertThat(view.readOperations()).isEqualTo(3);
            assertThat(view.writeOctets()).isEqualTo(4);
            assertThat(view.writeOperations()).isEqualTo(5);
            assertThat(view.sizeAtOpen()).isEqualTo(6);
            assertThat(view.sizeAtClose()).isEqualTo(7);
            assertThat(view.flags()).isEqualTo(FileAccess.FLAG_SIGNED | FileAccess.FLAG_DIRECTORY);
            assertThat(view.pathHash()).isZero();
            assertThat(view.text(Name.USER)).isEqualTo("jürgen");
            assertThat(view.text(Name.DOMAIN)).isEmpty();
            assertThat(view.text(Name.SHARE)).isEqualTo("\\\\srv\\data");
            assertThat(view.text(Name.PATH)).isEqualTo("a\\b");
            assertThat(view.text(Name.SECOND_PATH)).isEqualTo("c");
        }, 10);
        assertThat(types).containsExactly(RecordRing.FILE_ACCESS);
        assertThat(counters.value(Counter.FILE_RECORDS_CREATED)).isOne();
    }

    @Test
    void shouldCutLongPathsAtACharacterAndKeepTheHashOfTheWhole() {
        final Text path = text("ü".repeat(255) + "xüy");
        writer.begin(parties).path(path).publish();
        ring.drain((type, buffer, offset, length) -> {
            view.wrap(buffer, offset);
            assertThat(view.text(Name.PATH)).isEqualTo("ü".repeat(255) + "x");
            assertThat(view.pathHash()).isEqualTo(path.hash());
            assertThat(view.hasFlag(FileAccess.FLAG_PATH_CUT)).isTrue();
            assertThat(view.sizeAtClose()).isEqualTo(FileAccess.UNKNOWN_SIZE);
        }, 10);
    }

    /** Masks make short names long. */
    @Test
    void shouldMarkACopyWhosePathsAreTooLongInTheirOtherForm() {
        writer.begin(parties).path(text("a")).secondPath(text("b")).name(Name.SHARE, text("c")).publish();
        final String path = "x".repeat(511) + "ü" + "y";
        final FileAccess copy = copy((name, text) -> name == Name.PATH ? path : text);
        assertThat(copy.text(Name.PATH)).isEqualTo("x".repeat(511));
        assertThat(copy.pathHash()).isEqualTo(text(path).hash());
        assertThat(copy.hasFlag(FileAccess.FLAG_PATH_CUT)).isTrue();
        writer.begin(parties).path(text("a")).secondPath(text("b")).name(Name.SHARE, text("c")).raise(FileAccess.FLAG_SIGNED).publish();
        final FileAccess second = copy((name, text) -> name == Name.SECOND_PATH ? path : text);
        assertThat(second.text(Name.SECOND_PATH)).isEqualTo("x".repeat(511));
        assertThat(second.pathHash()).isZero();
        assertThat(second.flags()).isEqualTo(FileAccess.FLAG_PATH_CUT | FileAccess.FLAG_SIGNED);
        assertThat(second.text(Name.PATH) + second.text(Name.SHARE)).isEqualTo("ac");
        writer.begin(parties).path(text("a")).name(Name.SHARE, text("c")).publish();
        assertThat(copy((name, text) -> name == Name.SHARE ? path : text).flags()).isZero();
    }

    private FileAccess copy(final FileAccess.TextForm form) {
        final MutableDirectBuffer target = new UnsafeBuffer(new byte[FileAccess.MAX_LENGTH]);
        assertThat(ring.drain((type, buffer, offset, length) -> {
            final FileAccess access = view.wrap(buffer, offset);
            access.copyTo(target, form);
            access.number(target, 3, access.pathHash());
        }, 1)).isOne();
        return new FileAccess().wrap(target, 0);
    }

    @Test
    void shouldGiveACopyOfACutPathTheHashThatItIsToHave() {
        final Text path = text("x".repeat(600));
        writer.begin(parties).path(path).publish();
        final FileAccess copy = copy((name, text) -> text + text);
        assertThat(copy.pathHash()).isEqualTo(path.hash());
        assertThat(copy.sessionId()).isEqualTo(3);
        assertThat(copy.textLength(Name.PATH)).isEqualTo(FileAccess.LONGEST_PATH);
    }

    @Test
    void shouldSendLogonsUnderATypeOfTheirOwn() {
        writer.begin(parties).operation(FileOperation.LOGON).publish();
        assertThat(ring.drain((type, buffer, offset, length) -> assertThat(type).isEqualTo(RecordRing.USER_SESSION), 10)).isOne();
    }

    @Test
    void shouldLeaveTheOtherHalfOfTheRingToFlows() {
        for (int i = 0; i < 1_000; i++) {
            writer.begin(parties).publish();
        }
        assertThat(counters.value(Counter.FILE_RECORDS_CREATED) + counters.value(Counter.FILE_RECORDS_RING_FULL)).isEqualTo(1_000);
        assertThat(ring.size()).isBetween(ring.capacity() / 2, ring.capacity() / 2 + FileAccess.MAX_LENGTH);
    }

    @Test
    void shouldKnowItsCodesByHeart() {
        for (final FileProtocol protocol : FileProtocol.values()) {
            assertThat(FileProtocol.of(protocol.code())).isEqualTo(protocol);
        }
        for (final FileOperation operation : FileOperation.values()) {
            assertThat(FileOperation.of(operation.code())).isEqualTo(operation);
        }
        assertThat(FileAuthentication.of(FileAuthentication.PASSWORD.code())).isEqualTo(FileAuthentication.PASSWORD);
        assertThat(FileResult.of(77)).isEqualTo(FileResult.UNKNOWN);
    }

    private static Text text(final String value) {
        final byte[] octets = value.getBytes(StandardCharsets.UTF_8);
        return new Text(2_000).appendUtf8(new UnsafeBuffer(octets), 0, octets.length);
    }
}
