package net.flowsonde.snmp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.snmp4j.PDU;
import org.snmp4j.agent.security.VACM;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * Answers what is asked most, GETs of version 2c, without the objects that the command processor makes for each of them. The messages
 * are read and written by the same code of the library, the rows and views are the same; whatever is unusual is left to the processor,
 * untouched and uncounted. Used by the agent's thread.
 */
final class GetResponder {
    private static final OctetString DEFAULT_CONTEXT = new OctetString();
    private static final int VERSION_LENGTH = 3;

    /** By the first object identifier that belongs to them. */
    private final NavigableMap<OID, MibTable<?>> tables = new TreeMap<>();
    private final AtomicLong messages;
    private final BER.MutableByte type = new BER.MutableByte();
    private final Integer32 version = new Integer32();
    private volatile Views views;

    GetResponder(final List<MibTable<?>> tables, final ProtocolCounters counters) {
        tables.forEach(table -> this.tables.put(table.getScope().getLowerBound(), table));
        messages = counters.of(SnmpConstants.snmpInPkts);
    }

    /** Lets in others. */
    void admit(final Views others) {
        views = others;
    }

    /**
     * Answers a request and says true, or says false when somebody else must.
     *
     * @param request  one message; where its position is afterwards says nothing
     * @param answer   is overwritten from its start and then ends where the answer does
     */
    boolean answer(final ByteBuffer request, final ByteBuffer answer) {
        try {
            final BERInputStream in = new BERInputStream(request);
            final int length = BER.decodeHeader(in, type);
            final long start = in.getPosition();
            if (type.getValue() != BER.SEQUENCE) {
                return false;
            }
            version.decodeBER(in);
            if (version.getValue() != MPv2c.ID) {
                return false;
            }
            final OctetString community = new OctetString();
            community.decodeBER(in);
            final PDU pdu = new PDU();
            pdu.decodeBER(in);
            return length == in.getPosition() - start && isPlainGet(pdu) && look(community, pdu) && write(community, pdu, answer);
        } catch (final IOException | RuntimeException unusual) {
            return false;
        }
    }

    private static boolean isPlainGet(final PDU pdu) {
        return pdu.getType() == PDU.GET && pdu.size() > 0 && pdu.getErrorStatus() == PDU.noError && pdu.getErrorIndex() == 0;
    }

    private boolean look(final OctetString community, final PDU pdu) {
        final Views current = views;
        final OctetString view = current.getViewName(
            DEFAULT_CONTEXT, community, SecurityModel.SECURITY_MODEL_SNMPv2c, SecurityLevel.NOAUTH_NOPRIV, VACM.VIEW_READ);
        if (view == null) {
            return false;
        }
        for (final VariableBinding binding : pdu.getVariableBindings()) {
            binding.setVariable(current.isAccessAllowed(view, binding.getOid()) == VACM.VACM_OK ? value(binding.getOid()) : Null.noSuchObject);
        }
        return true;
    }

    private Variable value(final OID oid) {
        final var nearest = tables.floorEntry(oid);
        if (nearest == null || oid.compareTo(nearest.getValue().getScope().getUpperBound()) >= 0) {
            return Null.noSuchObject;
        }
        final Variable value = nearest.getValue().value(oid);
        return value == null ? Null.noSuchInstance : value;
    }

    private boolean write(final OctetString community, final PDU pdu, final ByteBuffer answer) throws IOException {
        pdu.setType(PDU.RESPONSE);
        final int length = VERSION_LENGTH + community.getBERLength() + pdu.getBERLength();
        answer.clear();
        if (1 + BER.getBERLengthOfLength(length) + length > answer.remaining()) {
            return false;
        }
        final BEROutputStream out = new BEROutputStream(answer);
        BER.encodeHeader(out, BER.SEQUENCE, length);
        version.encodeBER(out);
        community.encodeBER(out);
        pdu.encodeBER(out);
        answer.flip();
        messages.incrementAndGet();
        return true;
    }
}
