package net.flowsonde.dpi.nfs;

import net.flowsonde.dpi.FileAccessWriter;
import net.flowsonde.telemetry.Counters;
import org.agrona.concurrent.UnsafeBuffer;

/** What all messages of one queue share: tables, records, and scratches that are valid within one piece. Owned by one queue thread. */
final class NfsState {
    final Counters counters;
    final Handles handles;
    final PendingCalls calls;
    final FileRecords records;
    final NfsChannels channels;
    final OpenFiles files;
    final RpcPrograms programs = new RpcPrograms();
    /** Pieces that lie across fragments. */
    final UnsafeBuffer joined = new UnsafeBuffer(new byte[2 * RpcStream.LONGEST_PIECE]);
    /** The body of a layout. */
    final XdrReader layout = new XdrReader();
    final FileHandle handle = new FileHandle();
    final FileHandle otherHandle = new FileHandle();
    final FileHandle child = new FileHandle();
    final NameBuffer name = new NameBuffer();
    final NameBuffer otherName = new NameBuffer();
    /** A handle that is none. */
    final FileHandle nothing = new FileHandle();

    NfsState(
        final HandleNames names, final NfsPeers peers, final int calls, final int files, final FileAccessWriter writer,
        final Counters counters) {
        this.counters = counters;
        handles = new Handles(names, counters);
        final RpcMessage lost = new RpcMessage(this, new Conversation(names.hash()));
        this.calls = new PendingCalls(calls, lost::unanswered, counters);
        records = new FileRecords(writer, new PathFinder(handles));
        channels = new NfsChannels(peers, files, handles, records, counters);
        this.files = channels.files();
    }
}
