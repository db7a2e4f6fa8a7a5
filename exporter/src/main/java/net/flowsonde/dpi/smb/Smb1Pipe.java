package net.flowsonde.dpi.smb;

/**
 * Transactions that move octets through an open pipe (MS-CIFS 2.2.5): as much as their requests and answers have data. They
 * say nothing of a pipe whose opening was not seen, and make no record of it.
 */
final class Smb1Pipe {
    private Smb1Pipe() {
    }

    /** Whether a function does; one that only looks at what a pipe holds does not. */
    static boolean movesOctets(final int function) {
        return isWrite(function) || isRead(function);
    }

    private static boolean isWrite(final int function) {
        return function == Smb1Commands.PIPE_TRANSACT || function == Smb1Commands.PIPE_WRITE || function == Smb1Commands.PIPE_RAW_WRITE;
    }

    private static boolean isRead(final int function) {
        return function == Smb1Commands.PIPE_TRANSACT || function == Smb1Commands.PIPE_READ || function == Smb1Commands.PIPE_RAW_READ;
    }

    /** Counts what a transaction that was done has moved: {@code request.value} octets there, {@code answered} back. */
    static void moved(final SmbFile pipe, final SmbRequest request, final int answered) {
        if (isWrite(request.function)) {
            pipe.written(request.value);
        }
        if (isRead(request.function)) {
            pipe.read(answered);
        }
    }
}
