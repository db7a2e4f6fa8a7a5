package net.flowsonde.dpi.nfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class XdrLayoutTest {
    private static int lengthOf(final String layout, final byte[] octets) {
        final XdrReader xdr = new XdrReader().wrap(new UnsafeBuffer(octets), 0, octets.length);
        XdrLayout.of(layout).skip(xdr);
        return xdr.isWhole() ? xdr.position() : xdr.isMalformed() ? -2 : -1;
    }

    @Test
    void shouldPassOverEveryKindOfField() {
        assertThat(lengthOf("48x", new byte[30])).isEqualTo(28);
        assertThat(lengthOf("o", new RpcWriter().text("abcde").octets())).isEqualTo(12);
        assertThat(lengthOf("a4", new RpcWriter().integer(2).zeros(12).octets())).isEqualTo(16);
        assertThat(lengthOf("*(4o)4", new RpcWriter().integer(2).integer(1).text("a").integer(2).text("").integer(9).octets())).isEqualTo(28);
        assertThat(lengthOf("*(8)", new RpcWriter().integer(0).octets())).isEqualTo(4);
    }

    @Test
    void shouldChooseTheArmOfAUnion() {
        final String union = "{1:4|2:{1:8|:x}|:44}4";
        assertThat(lengthOf(union, new RpcWriter().integer(1).zeros(40).octets())).isEqualTo(12);
        assertThat(lengthOf(union, new RpcWriter().integer(2).integer(1).zeros(40).octets())).isEqualTo(20);
        assertThat(lengthOf(union, new RpcWriter().integer(2).integer(7).zeros(40).octets())).isEqualTo(28);
        assertThat(lengthOf(union, new RpcWriter().integer(3).zeros(40).octets())).isEqualTo(16);
        assertThat(lengthOf("{1:4}4", new RpcWriter().integer(9).zeros(40).octets())).isEqualTo(8);
    }

    @Test
    void shouldSayWhenThereIsTooLittleAndWhenItCannotBe() {
        assertThat(lengthOf("4o", new RpcWriter().integer(0).integer(9).zeros(8).octets())).isEqualTo(-1);
        assertThat(lengthOf("*(8)", new RpcWriter().integer(1 << 20).zeros(80).octets())).isEqualTo(-2);
        assertThat(lengthOf("o", new RpcWriter().integer(-1).zeros(8).octets())).isEqualTo(-2);
    }

    @Test
    void shouldRefuseALayoutThatIsNone() {
        assertThatThrownBy(() -> XdrLayout.of("4z")).hasMessage("z in 4z");
        assertThatThrownBy(() -> XdrLayout.of("4)")).hasMessage("position 1 of 4)");
    }

    @Test
    void shouldHaveALayoutForEveryOperationOfVersion4() {
        for (int operation = 3; operation <= 75; operation++) {
            assertThat(Nfs4Layouts.isKnown(operation)).isTrue();
            assertThat(Nfs4Layouts.arguments(operation)).isNotNull();
            assertThat(Nfs4Layouts.results(operation)).isNotNull();
        }
        assertThat(Nfs4Layouts.isKnown(76)).isFalse();
        assertThat(Nfs4Layouts.isKnown(10_044)).isFalse();
    }
}
