package net.flowsonde.dpi.smb;

import static org.assertj.core.api.Assertions.assertThat;

import net.flowsonde.dpi.DpiFixture;
import net.flowsonde.dpi.TicketUsers;
import net.flowsonde.dpi.krb.Der;
import net.flowsonde.dpi.krb.KerberosAnalyzer;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

/** Users who show a ticket of Kerberos have the name that the key server told. */
class SmbTicketTest {
    private final TicketUsers tickets = new TicketUsers(64);
    private final DpiFixture keyServer = new DpiFixture((ring, counters) -> new KerberosAnalyzer(tickets, counters));
    private final SmbTalk talk = new SmbTalk(new SmbPeers(1), tickets);
    private final Smb2Messages smb = new Smb2Messages().session(Smb2Messages.SESSION);

    private SmbTalk.Connection logon(final String seal) {
        final SmbTalk.Connection connection = talk.connection(1);
        connection.exchange(smb.message(1).setup(Der.token("LAB.TEST", seal)), smb.isSetUp(0));
        return connection.exchange(smb.message(2).connect("\\\\srv\\data"), smb.connected(1));
    }

    @Test
    void shouldNameTheUserWhoseTicketTheKeyServerGave() {
        keyServer.udp(1, false, 5_000, 88, Der.reply("LAB.TEST", "anna", "one"));
        logon("one");
        assertThat(talk.lines()).containsExactly("SMB2 logon ok LAB.TEST\\anna@(Kerberos) share=[] path=[]",
            "SMB2 mount ok LAB.TEST\\anna@(Kerberos) share=[\\\\srv\\data] path=[]");
        assertThat(talk.count(Counter.SMB_TICKETS_KNOWN)).isEqualTo(1);
    }

    @Test
    void shouldSayTheRealmWhenTheTicketWasNotSeenBefore() {
        keyServer.udp(1, false, 5_000, 88, Der.reply("LAB.TEST", "anna", "another"));
        logon("one");
        assertThat(talk.lines()).contains("SMB2 logon ok LAB.TEST\\@(Kerberos) share=[] path=[]");
    }

    /** The queue that sees the key server is behind. */
    @Test
    void shouldNameTheUserFromThenOnWhenTheTicketIsLearntLate() {
        final SmbTalk.Connection connection = logon("one");
        keyServer.udp(1, false, 5_000, 88, Der.reply("LAB.TEST", "anna", "one"));
        talk.lines();
        connection.exchange(smb.message(3).create("a", 1, 0), smb.created(1, 9, false, 7, 8));
        connection.exchange(smb.message(4).close(7, 8), smb.closed(9));
        assertThat(talk.lines()).containsExactly("SMB2 open ok LAB.TEST\\anna@(Kerberos) share=[\\\\srv\\data] path=[a] size=9/9");
    }
}
