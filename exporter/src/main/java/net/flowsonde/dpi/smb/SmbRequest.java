package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.dpi.FileOperation;
import net.flowsonde.dpi.Text;

/** A request that waits for its answer, with what the answer does not repeat. */
final class SmbRequest extends StateEntry<SmbRequest> {
    /** What it concerns, where there is no open file. */
    final Text path = new Text(FileAccess.LONGEST_PATH);
    /** Where it leads. */
    final Text secondPath = new Text(FileAccess.LONGEST_PATH);
    final Text user = new Text(FileAccess.LONGEST_NAME);
    final Text domain = new Text(FileAccess.LONGEST_NAME);
    final Text workstation = new Text(FileAccess.LONGEST_NAME);
    SmbConnection connection;
    int command;
    /** Of a command that has many: function, or level of information. */
    int function;
    long startNs;
    long sessionId;
    long treeId;
    SmbFile file;
    int fileGeneration;
    /** The record that the answer makes; null when there is none. */
    FileOperation operation;
    FileAuthentication authentication = FileAuthentication.UNKNOWN;
    /** Hash of the ticket that was shown; 0 for none. */
    long ticketHigh;
    long ticketLow;
    /** A size, a count or a flag, by command. */
    long value;
    /** FLAG_ bits of {@code FileAccess} that hold for what it does. */
    int flags;
    /** Its content while parts of it are still to come, or its answer while that is so (SMB1); null when nothing is. */
    Smb1Joining joining;
    /** Next of the same message (SMB1). */
    SmbRequest nextInChain;
    int chainGeneration;

    @Override
    void reset() {
        path.reset();
        secondPath.reset();
        user.reset();
        domain.reset();
        workstation.reset();
        connection = null;
        function = 0;
        file = null;
        operation = null;
        authentication = FileAuthentication.UNKNOWN;
        ticketHigh = 0;
        ticketLow = 0;
        value = 0;
        flags = 0;
        joining = null;
        nextInChain = null;
    }

    SmbFile file() {
        return file != null && file.generation == fileGeneration ? file : null;
    }

    void file(final SmbFile opened) {
        file = opened;
        fileGeneration = opened == null ? 0 : opened.generation;
    }

    SmbRequest nextInChain() {
        return nextInChain != null && nextInChain.generation == chainGeneration ? nextInChain : null;
    }

    void nextInChain(final SmbRequest next) {
        nextInChain = next;
        chainGeneration = next.generation;
    }
}
