package net.flowsonde.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.flowsonde.config.ListenAddress;
import net.flowsonde.config.Secret;
import net.flowsonde.config.SnmpConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snmp4j.agent.security.VACM;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

class ViewsTest {
    private static final OctetString USER = new OctetString("monitor");
    private static final OctetString COMMUNITY = new OctetString("secret");
    private static final int USM = SecurityModel.SECURITY_MODEL_USM;

    @TempDir
    private Path directory;

    private Views views;

    @BeforeEach
    void makeViews() throws Exception {
        final Secret secret = new Secret(Secret.Kind.FILE, Files.writeString(directory.resolve("secret"), "secret\n").toString());
        views = new Views(new SnmpConfig(true, ListenAddress.parse("127.0.0.1:161"), directory, "", "",
            List.of(new SnmpConfig.User("monitor", SnmpConfig.Level.AUTH_PRIV, SnmpConfig.Authentication.SHA_256, secret,
                SnmpConfig.Privacy.AES_128, secret, List.of("1.3.6.1.2.1.1", "1.3.6.1.4.1"))),
            List.of(new SnmpConfig.Community(SnmpConfig.Version.V2C, secret, SnmpConfig.WHOLE_VIEW)), List.of()), new OctetString("engine"));
    }

    @Test
    void shouldLetAUserReadItsSubtreesOnly() {
        assertThat(read(USER, USM, SecurityLevel.AUTH_PRIV, "1.3.6.1.2.1.1.1.0")).isEqualTo(VACM.VACM_OK);
        assertThat(read(USER, USM, SecurityLevel.AUTH_PRIV, "1.3.6.1.4.1.32473.1")).isEqualTo(VACM.VACM_OK);
        assertThat(read(USER, USM, SecurityLevel.AUTH_PRIV, "1.3.6.1.2.1.11.1.0")).isEqualTo(VACM.VACM_NOT_IN_VIEW);
        assertThat(read(USER, USM, SecurityLevel.AUTH_PRIV, "1.3.6.1.2.1.100.1.0")).isEqualTo(VACM.VACM_NOT_IN_VIEW);
    }

    @Test
    void shouldRefuseLessSecurityThanTheUserNeeds() {
        assertThat(read(USER, USM, SecurityLevel.AUTH_NOPRIV, "1.3.6.1.2.1.1.1.0")).isEqualTo(VACM.VACM_NO_SUCH_VIEW);
        assertThat(read(USER, USM, SecurityLevel.NOAUTH_NOPRIV, "1.3.6.1.2.1.1.1.0")).isEqualTo(VACM.VACM_NO_SUCH_VIEW);
    }

    @Test
    void shouldLetNobodyWrite() {
        assertThat(views.getViewName(new OctetString(), USER, USM, SecurityLevel.AUTH_PRIV, VACM.VIEW_WRITE)).isNull();
    }

    @Test
    void shouldKnowACommunityInItsOwnVersionOnly() {
        assertThat(views.getCoexistenceInfo(COMMUNITY)).hasSize(1);
        assertThat(views.getCoexistenceInfo(USER)).as("a user's name is no community").isEmpty();
        assertThat(read(COMMUNITY, SecurityModel.SECURITY_MODEL_SNMPv2c, SecurityLevel.NOAUTH_NOPRIV, "1.3.6.1.2.1.1.1.0"))
            .isEqualTo(VACM.VACM_OK);
        assertThat(read(COMMUNITY, SecurityModel.SECURITY_MODEL_SNMPv1, SecurityLevel.NOAUTH_NOPRIV, "1.3.6.1.2.1.1.1.0"))
            .isEqualTo(VACM.VACM_NO_SUCH_VIEW);
    }

    private int read(final OctetString name, final int model, final int level, final String oid) {
        return views.isAccessAllowed(new OctetString(), name, model, level, VACM.VIEW_READ, new OID(oid));
    }
}
