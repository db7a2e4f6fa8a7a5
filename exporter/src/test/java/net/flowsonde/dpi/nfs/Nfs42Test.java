package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations of version 4.2: what they do to files is told, and what comes after them in their compound is understood. */
class Nfs42Test extends Nfs42Talk {
    private static final String USER = " user=1000@desk AUTH_SYS";
    private static final String GONE = "NFSv4.2 delete :/gone status=0 ok" + USER;
    private static final int ACCESS_DENIED = 13;
    private static final int SIZE = 1 << 4;
    /** Far more than a message that lies in pieces may have in one. */
    private static final int LONG = 200_000;

    Nfs42Test() {
        super(new NfsLab());
    }

    /** Everything that was told, opens that ended included. */
    private List<String> told() {
        lab.reset().pass(120_000);
        assertThat(lab.count(Counter.NFS_MESSAGES_MALFORMED)).isZero();
        assertThat(lab.count(Counter.NFS_MESSAGES_TOO_LONG)).isZero();
        return lab.lines();
    }

    private void openOfSize(final long size) {
        root().open("f", STATE, false, 1, 1).handle(40).op(GETATTR, call -> call.integer(1).integer(SIZE),
            reply -> reply.integer(1).integer(SIZE).opaque(new RpcWriter().hyper(size).octets())).send(2);
    }

    /** All of it, all but a tenth, and whatever lies behind the end. */
    @ParameterizedTest
    @CsvSource({"0, 1000", "0, 900", "100, 900", "0, -1", "0, 9223372036854775807", "50, 9223372036854775807"})
    void shouldTellOfAHoleThatTakesAllThatWasInAFile(final long offset, final long length) {
        openOfSize(1_000);
        file(40);
        space(DEALLOCATE, offset, length).thenRemove("gone");
        final var access = lab.records();
        assertThat(access.stream().map(AccessText::of)).containsExactly("NFSv4.2 zero :/f status=0 ok" + USER, GONE);
        assertThat(access.get(0).sizeAtOpen()).isEqualTo(1_000);
        assertThat(access.get(0).sizeAtClose()).isEqualTo(1_000);
        file(40).close(STATE).send(2);
        assertThat(told()).singleElement().asString().startsWith("NFSv4.2 open :/f status=0 ok");
    }

    /** Where the size is not known, one from the start is taken for one that takes all. */
    @Test
    void shouldTellOfAHoleInAFileOfUnknownSize() {
        at("f").space(DEALLOCATE, 0, 5).thenRemove("gone");
        at("g").space(DEALLOCATE, 1, 5_000).thenRemove("gone");
        assertThat(told()).containsExactlyInAnyOrder("NFSv4.2 zero :/f status=0 ok" + USER, GONE, GONE,
            "NFSv4.2 write :/g status=0 ok" + USER + " read=0/0 written=0/1");
    }

    /** As the image of a disk gets them: part of how the file was used. */
    @ParameterizedTest
    @CsvSource({"0, 899", "101, 5000", "1000, 5", "-1, 5", "0, 0"})
    void shouldTellOfHolesInsideAFileWithItsOpen(final long offset, final long length) {
        openOfSize(1_000);
        file(40);
        space(DEALLOCATE, offset, length).thenRemove("gone");
        assertThat(lab.lines()).containsExactly(GONE);
        file(40).close(STATE).send(2);
        assertThat(told()).singleElement().asString().startsWith("NFSv4.2 write :/f status=0 ok" + USER + " read=0/0 written=0/1");
    }

    @ParameterizedTest
    @ValueSource(ints = {ALLOCATE, DEALLOCATE, WRITE_SAME, READ_PLUS, COPY, CLONE, SETXATTR, REMOVEXATTR})
    void shouldTellWhatWasDenied(final int operation) {
        fromTo("f", "f").fails(operation, ACCESS_DENIED, call -> arguments(call, operation)).never(REMOVE, call -> call.text("gone")).send(2);
        final String name = switch (operation) {
            case DEALLOCATE -> "zero :/f";
            case ALLOCATE, WRITE_SAME -> "write :/f";
            case READ_PLUS -> "read :/f";
            case COPY, CLONE -> "copy :/f -> /f";
            default -> "set-attributes :/f";
        };
        assertThat(told()).singleElement().asString().startsWith("NFSv4.2 " + name + " status=13 denied" + USER);
    }

    private static void arguments(final RpcWriter call, final int operation) {
        switch (operation) {
            case ALLOCATE, DEALLOCATE -> call.state(0, STATE).hyper(0).hyper(100);
            case WRITE_SAME -> call.state(0, STATE).integer(2).hyper(0).hyper(4).hyper(9).hyper(0).integer(1).hyper(0).opaque(new byte[4]);
            case READ_PLUS -> call.state(0, STATE).hyper(0).integer(100);
            case COPY -> call.state(0, STATE).state(0, STATE).zeros(24).integer(1).integer(1).integer(0);
            case CLONE -> call.state(0, STATE).state(0, STATE).zeros(24);
            case SETXATTR -> call.integer(0).text("user.a").text("b");
            default -> call.text("user.a");
        }
    }

    @Test
    void shouldCountRoomThatIsMadeAsPartOfTheOpen() {
        root().open("f", STATE, true, 1, 2).handle(40).send(2);
        file(40);
        space(ALLOCATE, 0, 1L << 40).thenRemove("gone");
        file(40).write(STATE, 70).close(STATE).send(2);
        assertThat(told()).containsExactly(GONE, "NFSv4.2 create :/f status=0 ok" + USER + " read=0/0 written=70/2 flags=created");
    }

    /** The pattern may be long, and what it fills longer than 32 bits can say. */
    @ParameterizedTest
    @CsvSource({"4, 10, 40", "200000, 2, 400000", "4096, 2097152, 8589934592"})
    void shouldCountWhatIsFilledWithAPatternOnTheOpen(final int pattern, final long blocks, final long octets) {
        root().open("f", STATE, true, 1, 2).handle(40).send(2);
        file(40);
        writeSame(0, blocks, new byte[pattern]).thenRemove("gone");
        file(40).close(STATE).send(2);
        assertThat(told()).containsExactly(GONE,
            "NFSv4.2 create :/f status=0 ok" + USER + " read=0/0 written=" + octets + "/1 flags=created");
    }

    @Test
    void shouldTellOfCopiesOfAnySize() {
        fromTo("a", "b").copy(6L << 32).thenRemove("gone");
        fromTo("b", "c").cloneTo(7L << 32).thenRemove("gone");
        assertThat(told()).containsExactly(
            "NFSv4.2 copy :/a -> /b status=0 ok" + USER + " read=0/0 written=" + (6L << 32) + "/1", GONE,
            "NFSv4.2 copy :/b -> /c status=0 ok" + USER + " read=0/0 written=" + (7L << 32) + "/1", GONE);
    }

    @Test
    void shouldTellWhenExtendedAttributesAreChanged() {
        at("f").setAttribute("user.a", new byte[3]).thenRemove("gone");
        at("f").removeAttribute("user.a").thenRemove("gone");
        at("f").listAttributes("user.a", "user.bcd").thenRemove("gone");
        at("f").getAttribute("user.a", new byte[5]).seek(10).thenRemove("gone");
        final String changed = "NFSv4.2 set-attributes :/f status=0 ok" + USER;
        assertThat(told()).containsExactly(changed, GONE, changed, GONE, GONE, GONE);
    }

    @Test
    void shouldPassOverValuesOfAnyLength() {
        at("f").setAttribute("user.a", new byte[LONG]).thenRemove("gone");
        at("f").getAttribute("user.a", new byte[LONG]).thenRemove("gone");
        assertThat(told()).containsExactly("NFSv4.2 set-attributes :/f status=0 ok" + USER, GONE, GONE);
    }
}
