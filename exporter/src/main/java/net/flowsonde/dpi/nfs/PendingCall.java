package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.FileParties;

/** One call that waits for its reply, or whose reply is being read. Pooled by {@link PendingCalls}. */
final class PendingCall {
    final Credential credential = new Credential();
    final CallDigest digest = new CallDigest();
    final FileParties parties = new FileParties();
    long key;
    long startNs;
    /** Tells apart the calls that this object stood for one after the other. */
    int generation;
    RpcProgram program;
    int version;
    int procedure;
    /** Version 4 only: 0 to 2. */
    int minorVersion;
    /** The call came more than once. */
    boolean isRepeated;
    /** Toward more recent calls; a list of {@link PendingCalls}. */
    PendingCall newer;
    PendingCall older;

    void reset() {
        generation++;
        digest.clear();
        program = null;
        isRepeated = false;
        minorVersion = 0;
    }
}
