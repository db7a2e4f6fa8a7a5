package net.flowsonde.snmp;

import net.flowsonde.config.SnmpConfig;
import net.flowsonde.config.SnmpConfig.Authentication;
import net.flowsonde.config.SnmpConfig.Privacy;
import net.flowsonde.config.SnmpConfig.Version;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv1;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.SecurityProtocols.SecurityProtocolSet;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

/** The SNMP engine: who we are, the users with their keys, the versions that are spoken. */
final class Engine {
    private SnmpConfig config;
    private final ProtocolCounters counters = new ProtocolCounters();
    private final CounterSupport counterSupport = new CounterSupport();
    private final SecurityProtocols protocols = new SecurityProtocols(SecurityProtocolSet.none);
    private final USM usm;
    private final MPv1 versionOne = new MPv1();
    private final MPv2c versionTwo = new MPv2c();

    Engine(final SnmpConfig config, final EngineState state) {
        this.config = config;
        protocols.addAuthenticationProtocol(new AuthHMAC192SHA256());
        protocols.addAuthenticationProtocol(new AuthHMAC256SHA384());
        protocols.addAuthenticationProtocol(new AuthHMAC384SHA512());
        protocols.addPrivacyProtocol(new PrivAES128());
        protocols.addPrivacyProtocol(new PrivAES256());
        counterSupport.addCounterListener(counters);
        usm = new USM(protocols, state.engineId(), state.boots());
        usm.setCounterSupport(counterSupport);
        usm.setUsers(users(config));
    }

    private static UsmUser[] users(final SnmpConfig config) {
        return config.users().stream().map(Engine::usmUser).toArray(UsmUser[]::new);
    }

    /** Takes up other users and communities; who we are and how long we have run stays, so that managers notice nothing. */
    void reconfigure(final SnmpConfig other, final MessageDispatcherImpl dispatcher) {
        usm.setUsers(users(other));
        config = other;
        speak(dispatcher);
    }

    private static UsmUser usmUser(final SnmpConfig.User user) {
        final boolean isPrivate = user.privacyKey() != null;
        return new UsmUser(
            Views.utf8(user.name()), authentication(user.authentication()), Views.utf8(user.authenticationKey().read()),
            isPrivate ? privacy(user.privacy()) : null, isPrivate ? Views.utf8(user.privacyKey().read()) : null);
    }

    private static OID authentication(final Authentication authentication) {
        return switch (authentication) {
            case SHA_256 -> AuthHMAC192SHA256.ID;
            case SHA_384 -> AuthHMAC256SHA384.ID;
            case SHA_512 -> AuthHMAC384SHA512.ID;
        };
    }

    private static OID privacy(final Privacy privacy) {
        return privacy == Privacy.AES_128 ? PrivAES128.ID : PrivAES256.ID;
    }

    OctetString id() {
        return usm.getLocalEngineID();
    }

    USM usm() {
        return usm;
    }

    ProtocolCounters counters() {
        return counters;
    }

    /** For requests: version 3, and the others only where a community is configured, so that they are refused as unknown versions. */
    MessageDispatcherImpl requests() {
        final MessageDispatcherImpl dispatcher = versionThree();
        dispatcher.addCounterListener(counters);
        speak(dispatcher);
        return dispatcher;
    }

    private void speak(final MessageDispatcherImpl dispatcher) {
        dispatcher.removeMessageProcessingModel(versionOne);
        dispatcher.removeMessageProcessingModel(versionTwo);
        if (speaks(Version.V1)) {
            dispatcher.addMessageProcessingModel(versionOne);
        }
        if (speaks(Version.V2C)) {
            dispatcher.addMessageProcessingModel(versionTwo);
        }
    }

    /** For notifications, which choose their version by their target. */
    MessageDispatcherImpl notifications() {
        final MessageDispatcherImpl dispatcher = versionThree();
        dispatcher.addMessageProcessingModel(new MPv2c());
        return dispatcher;
    }

    private boolean speaks(final Version version) {
        return config.communities().stream().anyMatch(community -> community.version() == version);
    }

    private MessageDispatcherImpl versionThree() {
        final MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
        dispatcher.addMessageProcessingModel(new MPv3(
            usm.getLocalEngineID().getValue(), null, protocols, SecurityModels.getCollection(new SecurityModel[] {usm}), counterSupport));
        return dispatcher;
    }
}
