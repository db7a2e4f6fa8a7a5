package net.flowsonde.dpi.krb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.flowsonde.dpi.DerCursor;
import net.flowsonde.dpi.DpiFixture;
import net.flowsonde.dpi.KerberosTicket;
import net.flowsonde.dpi.Text;
import net.flowsonde.dpi.TicketUsers;
import net.flowsonde.telemetry.Counter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class KerberosAnalyzerTest {
    private static final int PORT = 88;

    private final TicketUsers users = new TicketUsers(64);
    private final DpiFixture fixture = new DpiFixture((ring, counters) -> new KerberosAnalyzer(users, counters));

    private String userOf(final byte[] ticket) {
        final KerberosTicket read = new KerberosTicket();
        final Text user = new Text(127);
        final Text realm = new Text(127);
        assertThat(read.read(new DerCursor().wrap(new UnsafeBuffer(ticket), 0, ticket.length), realm)).isTrue();
        return users.find(read.high(), read.low(), user, realm, TicketUsers.scratch(), 0) ? user + "@" + realm : "nobody";
    }

    @Test
    void shouldLearnWhoseATicketIsFromADatagram() {
        fixture.udp(1, true, 5_000, PORT, Der.request(Der.ticket("LAB.TEST", "tgt")));
        fixture.udp(2, false, 5_000, PORT, Der.reply("LAB.TEST", "anna", "one"));
        assertThat(userOf(Der.ticket("LAB.TEST", "one"))).isEqualTo("anna@LAB.TEST");
        assertThat(userOf(Der.ticket("LAB.TEST", "two"))).isEqualTo("nobody");
        assertThat(fixture.count(Counter.KRB_MESSAGES)).isEqualTo(2);
    }

    @Test
    void shouldLearnFromAStreamOnAnyPortHoweverItIsCut() {
        final byte[] message = Der.framed(Der.reply(11, "LAB.TEST", Der.name("host", "pc7"), Der.ticket("LAB.TEST", "x")));
        fixture.handshake(1, 6_000, 7_777);
        for (int at = 0; at < message.length; at += 50) {
            fixture.segment(2, false, 6_000, 7_777, 1 + at, 1, Arrays.copyOfRange(message, at, Math.min(message.length, at + 50)));
        }
        assertThat(userOf(Der.ticket("LAB.TEST", "x"))).isEqualTo("host/pc7@LAB.TEST");
    }

    /** Under FAST the reply hides the name; the ticket that was shown tells it. */
    @Test
    void shouldNameTheUserOfAHiddenReplyByTheTicketThatWasShownForIt() {
        fixture.udp(1, false, 5_000, PORT, Der.reply(11, "LAB.TEST", Der.name("anna"), Der.ticket("LAB.TEST", "tgt")));
        final byte[] hidden = Der.reply(13, "WELLKNOWN:ANONYMOUS", Der.name("WELLKNOWN", "ANONYMOUS"), Der.ticket("LAB.TEST", "service"));
        fixture.udp(2, true, 5_001, PORT, Der.request(Der.ticket("LAB.TEST", "tgt")));
        fixture.udp(3, false, 5_001, PORT, hidden);
        assertThat(userOf(Der.ticket("LAB.TEST", "service"))).isEqualTo("anna@LAB.TEST");
        fixture.udp(4, true, 5_002, PORT, Der.request(Der.ticket("LAB.TEST", "unknown")));
        fixture.udp(5, false, 5_002, PORT, Der.reply(13, "WELLKNOWN:ANONYMOUS", Der.name("WELLKNOWN", "ANONYMOUS"), Der.ticket("LAB.TEST", "other")));
        assertThat(userOf(Der.ticket("LAB.TEST", "other"))).isEqualTo("nobody");
    }

    @Test
    void shouldGiveUpAConnectionWithAHole() {
        final byte[] message = Der.framed(Der.reply("LAB.TEST", "anna", "one"));
        fixture.handshake(1, 6_000, PORT);
        fixture.segment(2, false, 6_000, PORT, 1, 1, Arrays.copyOf(message, 100));
        fixture.segment(3, false, 6_000, PORT, 200, 1, Arrays.copyOfRange(message, 199, message.length));
        fixture.close();
        assertThat(fixture.count(Counter.KRB_TICKETS_LEARNT)).isZero();
    }
}
