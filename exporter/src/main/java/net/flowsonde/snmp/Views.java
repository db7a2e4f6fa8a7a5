package net.flowsonde.snmp;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.flowsonde.config.SnmpConfig;
import net.flowsonde.config.SnmpConfig.Level;
import net.flowsonde.config.SnmpConfig.Version;
import org.snmp4j.agent.mo.snmp.CoexistenceInfo;
import org.snmp4j.agent.mo.snmp.CoexistenceInfoProvider;
import org.snmp4j.agent.security.VACM;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

/**
 * Who may read what: the view-based access control of RFC 3415 with one view for each user and community, and none for writing, so that
 * nothing can be set by anybody.
 */
final class Views implements VACM, CoexistenceInfoProvider {
    private static final OctetString DEFAULT_CONTEXT = new OctetString();

    private record Principal(int securityModel, OctetString name) {
    }

    private record View(int leastLevel, List<OID> subtrees) {
    }

    private final OctetString engineId;
    private final Map<Principal, OctetString> names = new HashMap<>();
    private final Map<OctetString, View> views = new HashMap<>();

    Views(final SnmpConfig config, final OctetString engineId) {
        this.engineId = engineId;
        for (final SnmpConfig.User user : config.users()) {
            add(SecurityModel.SECURITY_MODEL_USM, utf8(user.name()),
                user.level() == Level.AUTH_PRIV ? SecurityLevel.AUTH_PRIV : SecurityLevel.AUTH_NOPRIV, user.view());
        }
        for (final SnmpConfig.Community community : config.communities()) {
            add(community.version() == Version.V1 ? SecurityModel.SECURITY_MODEL_SNMPv1 : SecurityModel.SECURITY_MODEL_SNMPv2c,
                utf8(community.community().read()), SecurityLevel.NOAUTH_NOPRIV, community.view());
        }
    }

    static OctetString utf8(final String text) {
        return new OctetString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(final int securityModel, final OctetString name, final int leastLevel, final List<String> subtrees) {
        final OctetString view = new OctetString("view " + views.size());
        names.put(new Principal(securityModel, name), view);
        views.put(view, new View(leastLevel, subtrees.stream().map(OID::new).toList()));
    }

    @Override
    public OctetString getViewName(
        final OctetString context, final OctetString securityName, final int securityModel, final int securityLevel, final int viewType) {
        final OctetString name = names.get(new Principal(securityModel, securityName));
        return viewType == VIEW_READ && name != null && securityLevel >= views.get(name).leastLevel() ? name : null;
    }

    @Override
    public int isAccessAllowed(final OctetString viewName, final OID oid) {
        final View view = views.get(viewName);
        return view != null && view.subtrees().stream().anyMatch(oid::startsWith) ? VACM_OK : VACM_NOT_IN_VIEW;
    }

    @Override
    public int isAccessAllowed(
        final OctetString context, final OctetString securityName, final int securityModel, final int securityLevel, final int viewType,
        final OID oid) {
        final OctetString view = getViewName(context, securityName, securityModel, securityLevel, viewType);
        return view == null ? VACM_NO_SUCH_VIEW : isAccessAllowed(view, oid);
    }

    /** A community is its own security name, of whichever version it is one. */
    @Override
    public CoexistenceInfo[] getCoexistenceInfo(final OctetString community) {
        final boolean isKnown = names.containsKey(new Principal(SecurityModel.SECURITY_MODEL_SNMPv1, community))
            || names.containsKey(new Principal(SecurityModel.SECURITY_MODEL_SNMPv2c, community));
        return isKnown ? new CoexistenceInfo[] {new CoexistenceInfo(community, engineId, DEFAULT_CONTEXT)} : new CoexistenceInfo[0];
    }

    @Override
    public OctetString getCommunity(final OctetString securityName, final OctetString contextEngineId, final OctetString contextName) {
        return securityName;
    }

    @Override
    public boolean passesFilter(final Address address, final CoexistenceInfo information) {
        return true;
    }
}
