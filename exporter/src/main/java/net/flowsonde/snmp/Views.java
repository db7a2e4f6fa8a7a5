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
    private static final CoexistenceInfo[] NOBODY = {};

    private record View(int leastLevel, List<OID> subtrees) {
    }

    private final OctetString engineId;
    /** Names of views by user or community, for each security model. */
    private final Map<Integer, Map<OctetString, OctetString>> names = new HashMap<>();
    private final Map<OctetString, View> views = new HashMap<>();
    /** By community; made once, since every request asks. */
    private final Map<OctetString, CoexistenceInfo[]> communities = new HashMap<>();

    Views(final SnmpConfig config, final OctetString engineId) {
        this.engineId = engineId;
        for (final SnmpConfig.User user : config.users()) {
            add(SecurityModel.SECURITY_MODEL_USM, utf8(user.name()),
                user.level() == Level.AUTH_PRIV ? SecurityLevel.AUTH_PRIV : SecurityLevel.AUTH_NOPRIV, user.view());
        }
        for (final SnmpConfig.Community community : config.communities()) {
            final OctetString name = utf8(community.community().read());
            add(community.version() == Version.V1 ? SecurityModel.SECURITY_MODEL_SNMPv1 : SecurityModel.SECURITY_MODEL_SNMPv2c,
                name, SecurityLevel.NOAUTH_NOPRIV, community.view());
            communities.put(name, new CoexistenceInfo[] {new CoexistenceInfo(name, engineId, DEFAULT_CONTEXT)});
        }
    }

    static OctetString utf8(final String text) {
        return new OctetString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(final int securityModel, final OctetString name, final int leastLevel, final List<String> subtrees) {
        final OctetString view = new OctetString("view " + views.size());
        names.computeIfAbsent(securityModel, model -> new HashMap<>()).put(name, view);
        views.put(view, new View(leastLevel, subtrees.stream().map(OID::new).toList()));
    }

    @Override
    public OctetString getViewName(
        final OctetString context, final OctetString securityName, final int securityModel, final int securityLevel, final int viewType) {
        final OctetString name = names.getOrDefault(securityModel, Map.of()).get(securityName);
        return viewType == VIEW_READ && name != null && securityLevel >= views.get(name).leastLevel() ? name : null;
    }

    @Override
    public int isAccessAllowed(final OctetString viewName, final OID oid) {
        final View view = views.get(viewName);
        if (view != null) {
            for (final OID subtree : view.subtrees()) {
                if (oid.startsWith(subtree)) {
                    return VACM_OK;
                }
            }
        }
        return VACM_NOT_IN_VIEW;
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
        return communities.getOrDefault(community, NOBODY);
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
