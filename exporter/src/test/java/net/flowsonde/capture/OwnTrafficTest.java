package net.flowsonde.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import net.flowsonde.capture.OwnTraffic.Conversation;
import org.junit.jupiter.api.Test;

final class OwnTrafficTest {
    private final OwnTraffic own = new OwnTraffic();

    @Test
    void shouldLeaveTheFilterAloneWhileThereIsNoOwnTraffic() {
        assertThat(own.appliedTo("vlan and tcp")).isEqualTo("vlan and tcp");
        assertThat(own.appliedTo("")).isEmpty();
    }

    @Test
    void shouldComeBeforeTheOperatorsFilter() throws UnknownHostException {
        own.add(Conversation.withCollector(17, InetAddress.getByName("192.0.2.1"), new InetSocketAddress("198.51.100.9", 4_739)));
        own.add(Conversation.listening(17, null, 161));
        own.add(Conversation.withCollector(6, null, new InetSocketAddress("2001:db8::9", 4_739)));
        final String ours = "not ((udp and host 192.0.2.1 and host 198.51.100.9 and port 4739) or (udp and port 161)"
            + " or (tcp and host 2001:db8:0:0:0:0:0:9 and port 4739))";
        assertThat(own.appliedTo(" ")).isEqualTo(ours);
        assertThat(own.appliedTo("vlan and tcp or udp")).isEqualTo(ours + " and (vlan and tcp or udp)");
        FilterProgram.forLinkType(LinkTypes.ETHERNET, own.appliedTo("vlan and tcp or udp")).close();
    }

    @Test
    void shouldChangeItsVersionOnlyWithItsContent() {
        final Conversation conversation = Conversation.listening(17, null, 161);
        final long before = own.version();
        own.add(conversation);
        final long added = own.version();
        own.add(conversation);
        assertThat(own.version()).isEqualTo(added).isNotEqualTo(before);
        own.remove(conversation);
        assertThat(own.version()).isNotEqualTo(added);
        assertThat(own.appliedTo("ip")).isEqualTo("ip");
    }

    @Test
    void shouldRefuseWhatWouldLeaveOutEverything() {
        assertThatThrownBy(() -> new Conversation(17, null, 0, null, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Conversation(47, null, 1, null, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
