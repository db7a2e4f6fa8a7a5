package net.flowsonde.dpi.nfs;

import net.flowsonde.telemetry.Counter;
import org.agrona.DirectBuffer;

/**
 * One ONC RPC message (RFC 5531) while it is read piece by piece, so that neither the data of a READ or WRITE nor a long directory has to
 * be there at once. A call leaves a digest for its reply; a reply is read with the digest of its call at hand. There is one for each
 * direction of a TCP connection and one for datagrams. Owned by one queue thread.
 * <pre>
 *  call   +-----+---+---+---------+---------+-----------+------------+----------+-----------
 *         | XID | 0 | 2 | program | version | procedure | credential | verifier | arguments
 *         +-----+---+---+---------+---------+-----------+------------+----------+-----------
 *  reply  +-----+---+---+----------+--------+---------    (accepted)
 *         | XID | 1 | 0 | verifier | status | results
 *         +-----+---+---+----------+--------+---------
 *         | XID | 1 | 1 | cause | ...                     (denied)
 * </pre>
 */
final class RpcMessage {
    /** Added to the status of RPC (RFC 5531: auth_stat, or accept_stat times 256) to tell it from those of NFS. */
    static final int RPC_STATUS = 1 << 16;
    /** Stands for the status that no reply told. */
    static final int UNANSWERED = -1;

    private static final int CALL = 0;
    private static final int REPLY = 1;
    private static final int RPC_VERSION = 2;
    private static final int ACCEPTED = 0;
    private static final int DENIED = 1;
    private static final int AUTH_ERROR = 1;
    private static final int ACCEPT_STATUS_SHIFT = 8;
    private static final int START_TLS_LENGTH = 8;

    private enum Phase { HEADER, ARGUMENTS, RESULTS, DONE }

    /** State of a reply of version 4, whose operations work on two handles. */
    final CompoundState compound = new CompoundState();
    private final NfsState nfs;
    private final Conversation conversation;
    private final XdrReader xdr = new XdrReader();
    private final XdrReader body = new XdrReader();
    private final Credential credential = new Credential();
    private int direction;
    private long timestampNs;
    private Phase phase = Phase.HEADER;
    private PendingCall call;
    private int generation;
    private int step;
    private int skip;
    private boolean isOutOfStep;
    private boolean isTlsAnswer;

    RpcMessage(final NfsState nfs, final Conversation conversation) {
        this.nfs = nfs;
        this.conversation = conversation;
    }

    /** Begins a message that goes in a direction of the flow. */
    void begin(final int direction) {
        abandon();
        this.direction = direction;
        phase = Phase.HEADER;
        isOutOfStep = false;
        isTlsAnswer = false;
    }

    /** Lets go of a message that will not be completed. */
    void abandon() {
        if (phase == Phase.RESULTS) {
            nfs.calls.release(call);
        } else if (phase == Phase.ARGUMENTS && call.generation == generation) {
            nfs.calls.drop(call);
        }
        call = null;
        phase = Phase.DONE;
    }

    /** Nothing more of it is of interest. */
    boolean isDone() {
        return phase == Phase.DONE;
    }

    /** It began with what is no header: the stream is not where it was thought to be. */
    boolean isOutOfStep() {
        return isOutOfStep;
    }

    /** It was the answer after which everything is encrypted (RFC 9289). */
    boolean isTlsAnswer() {
        return isTlsAnswer;
    }

    /**
     * Reads on.
     *
     * @param isWhole  the octets reach to the end of the message
     * @return octets that are done with: fewer than given when a piece is incomplete, more when what follows is to be skipped
     */
    int onOctets(final DirectBuffer buffer, final int offset, final int limit, final boolean isWhole, final long timestampNs) {
        this.timestampNs = timestampNs;
        xdr.wrap(buffer, offset, limit);
        while (phase != Phase.DONE) {
            final int start = xdr.position();
            skip = 0;
            readPiece();
            if (!xdr.isWhole()) {
                if (xdr.isMalformed() || isWhole) {
                    fail();
                    break;
                }
                return start - offset;
            }
            if (skip > xdr.remaining()) {
                return xdr.position() - offset + skip;
            }
            xdr.skip(skip);
        }
        return limit - offset;
    }

    private void fail() {
        if (phase == Phase.HEADER) {
            isOutOfStep = true;
        } else {
            nfs.counters.increment(Counter.NFS_MESSAGES_MALFORMED);
        }
        abandon();
    }

    private void readPiece() {
        switch (phase) {
            case HEADER -> readHeader();
            case ARGUMENTS -> readArguments();
            default -> readResults();
        }
    }

    private void readHeader() {
        final int xid = xdr.readInt();
        final int type = xdr.readInt();
        if (type == CALL) {
            readCall(xid);
        } else if (type == REPLY) {
            readReply(xid);
        } else {
            xdr.malformed();
        }
    }

    private void readCall(final int xid) {
        if (xdr.readInt() != RPC_VERSION) {
            xdr.malformed();
            return;
        }
        final int number = xdr.readInt();
        final int version = xdr.readInt();
        final int procedure = xdr.readInt();
        credential.read(xdr, body);
        xdr.readInt();
        xdr.readOpaque(Credential.LONGEST_BODY);
        if (credential.isIntegrityProtected()) {
            xdr.readInt();
            xdr.readInt();
        }
        if (xdr.isWhole()) {
            final RpcProgram program = nfs.programs.of(number, version);
            if (program == null) {
                finish();
            } else {
                openCall(xid, program, version, procedure);
            }
        }
    }

    private void openCall(final int xid, final RpcProgram program, final int version, final int procedure) {
        conversation.callerIs(direction);
        nfs.counters.increment(Counter.NFS_CALLS);
        call = nfs.calls.open(conversation.key(xid), timestampNs);
        if (call == null) {
            phase = Phase.DONE;
            return;
        }
        generation = call.generation;
        call.program = program;
        call.version = version;
        call.procedure = procedure;
        call.credential.set(credential);
        call.parties.set(conversation.parties);
        step = 0;
        phase = procedure == 0 || credential.isPrivate() ? Phase.DONE : Phase.ARGUMENTS;
    }

    private void readArguments() {
        if (call.generation != generation) {
            phase = Phase.DONE;
            return;
        }
        final int mark = call.digest.length();
        call.program.onCall(xdr, this);
        if (!xdr.isWhole()) {
            call.digest.length(mark);
        }
    }

    private void readReply(final int xid) {
        final int state = xdr.readInt();
        int status = 0;
        boolean isTls = false;
        if (state == ACCEPTED) {
            xdr.readInt();
            isTls = xdr.readOpaque(Credential.LONGEST_BODY) && isStartTls();
            status = xdr.readInt() << ACCEPT_STATUS_SHIFT;
        } else if (state == DENIED) {
            final boolean isForUser = xdr.readInt() == AUTH_ERROR;
            status = xdr.readInt();
            status = isForUser ? status : DENIED << ACCEPT_STATUS_SHIFT;
        } else {
            xdr.malformed();
        }
        if (xdr.isWhole()) {
            answer(conversation.key(xid), state == ACCEPTED && status == 0 ? 0 : RPC_STATUS + status, isTls);
        }
    }

    private boolean isStartTls() {
        return xdr.itemLength() == START_TLS_LENGTH && xdr.buffer().getByte(xdr.itemOffset()) == 'S'
            && xdr.buffer().getByte(xdr.itemOffset() + START_TLS_LENGTH - 1) == 'S';
    }

    private void answer(final long key, final int status, final boolean isTls) {
        call = nfs.calls.answer(key, timestampNs);
        if (call == null) {
            nfs.counters.increment(Counter.NFS_REPLIES_UNMATCHED);
            phase = Phase.DONE;
            return;
        }
        phase = Phase.RESULTS;
        step = 0;
        call.digest.rewind();
        compound.reset();
        if (status != 0) {
            call.program.onRefusal(this, status);
            finish();
        } else if (call.credential.isPrivate()) {
            nfs.files.onPrivateCall(this);
            finish();
        } else if (call.procedure == 0 || call.credential.isContextControl()) {
            isTlsAnswer = isTls && call.credential.flavor() == Credential.AUTH_TLS;
            finish();
        } else if (call.credential.isIntegrityProtected()) {
            xdr.readInt();
            xdr.readInt();
        }
    }

    /** No reply to a call was seen: what it asked to be changed is told, with an outcome that is not known. */
    void unanswered(final PendingCall lost) {
        if (lost.procedure != 0 && !lost.credential.isPrivate() && !lost.credential.isContextControl()) {
            call = lost;
            timestampNs = lost.startNs;
            conversation.restore(lost.parties);
            lost.digest.rewind();
            compound.reset();
            lost.program.onRefusal(this, UNANSWERED);
            call = null;
        }
    }

    private void readResults() {
        final CallDigest digest = call.digest;
        final int mark = digest.position();
        call.program.onReply(xdr, this);
        if (!xdr.isWhole()) {
            digest.position(mark);
        }
    }

    // ---- what programs need

    NfsState nfs() {
        return nfs;
    }

    Conversation conversation() {
        return conversation;
    }

    /** The call that is read, or that is answered. */
    PendingCall call() {
        return call;
    }

    long timestampNs() {
        return timestampNs;
    }

    /** Pieces read so far, as the program counts them. */
    int step() {
        return step;
    }

    void step(final int value) {
        step = value;
    }

    /** Octets behind this piece that are of no interest. */
    void skip(final int octets) {
        skip = octets;
    }

    /** The rest of the message is of no interest. */
    void finish() {
        if (phase == Phase.RESULTS) {
            nfs.calls.release(call);
            call = null;
        }
        phase = Phase.DONE;
    }
}
