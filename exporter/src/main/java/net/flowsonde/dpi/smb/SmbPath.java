package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.Text;

/**
 * Names as they are sent, made comparable: without the leading separator, the root of a share as a lone backslash. A slash separates too,
 * as clients of SMB1 send it that have agreed with the server on the names of POSIX (CAP_UNIX); in any other name it is not allowed
 * (MS-FSCC 2.1.5).
 */
final class SmbPath {
    private static final int BACKSLASH = '\\';
    private static final int SERVER_AND_SHARE = 2;
    private static final String UNKNOWN_DIRECTORY = "<unknown directory>\\";

    private SmbPath() {
    }

    /**
     * Reads a path.
     *
     * @param count      octets that it has
     * @param isUnicode  UTF-16, else one octet a character
     * @param isDfs      it begins with server and share (MS-SMB2 2.2.13, MS-SMB 2.2.3.1), which the tree tells already
     */
    static void read(final Text path, final Octets octets, final int at, final int count, final boolean isUnicode, final boolean isDfs) {
        final int width = isUnicode ? 2 : 1;
        final int end = at + octets.available(at, count);
        int start = skipSeparators(octets, at, end, width);
        for (int component = 0; isDfs && component < SERVER_AND_SHARE; component++) {
            while (end - start >= width && !isSeparator(octets, start, width)) {
                start += width;
            }
            start = skipSeparators(octets, start, end, width);
        }
        append(path.reset(), octets, start, end - start, isUnicode);
        if (path.isEmpty()) {
            path.appendCharacter(BACKSLASH);
        }
    }

    /**
     * Reads the name that an open file gets (MS-FSCC 2.4.42, MS-FSA 2.1.5.15.11): one that begins with a separator counts from the root of
     * the share, one that begins with a colon is another stream of the same file, and any other is in the directory of the file.
     *
     * @param old  its name until now; empty when that is not known
     */
    static void readNew(final Text path, final Text old, final Octets octets, final int at, final int count, final boolean isUnicode) {
        final int width = isUnicode ? 2 : 1;
        final int end = at + octets.available(at, count);
        if (end - at < width || isSeparator(octets, at, width)) {
            read(path, octets, at, count, isUnicode, false);
        } else if (old.isEmpty()) {
            append(path.reset().append(UNKNOWN_DIRECTORY), octets, at, count, isUnicode);
        } else {
            append(path.reset().append(old, isStream(octets, at, width) ? fileLength(old) : directoryLength(old)), octets, at, count, isUnicode);
        }
    }

    /** The same where every name counts from the root of the share, except those of streams (MS-SMB2 3.3.5.21.1). */
    static void readNewFromRoot(final Text path, final Text old, final Octets octets, final int at, final int count) {
        if (octets.available(at, count) >= 2 && isStream(octets, at, 2)) {
            readNew(path, old, octets, at, count, true);
        } else {
            read(path, octets, at, count, true, false);
        }
    }

    private static boolean isStream(final Octets octets, final int at, final int width) {
        return character(octets, at, width) == ':';
    }

    /** Octets of a path up to its last component, the separator before that included. */
    private static int directoryLength(final Text path) {
        int length = path.length();
        while (length > 0 && !isSeparator(path.octets()[length - 1])) {
            length--;
        }
        return length;
    }

    /** Octets of a path without the stream that it may name. */
    private static int fileLength(final Text path) {
        int length = directoryLength(path);
        while (length < path.length() && path.octets()[length] != ':') {
            length++;
        }
        return length;
    }

    /** Reads a name as it is. */
    static void append(final Text text, final Octets octets, final int at, final int count, final boolean isUnicode) {
        if (isUnicode) {
            octets.utf16(text, at, count);
        } else {
            octets.oneByte(text, at, count);
        }
    }

    /** How many octets of a path come before its last component, if that has wild cards (MS-FSCC 2.1.4); all of them if not. */
    static int withoutPattern(final Octets octets, final int at, final int count, final boolean isUnicode) {
        final int width = isUnicode ? 2 : 1;
        boolean isPattern = false;
        for (int end = at + octets.available(at, count); end - width >= at; end -= width) {
            final int character = character(octets, end - width, width);
            if (isSeparator(character)) {
                return isPattern ? end - width - at : count;
            }
            isPattern |= character == '*' || character == '?' || character == '<' || character == '>' || character == '"';
        }
        return isPattern ? 0 : count;
    }

    private static int skipSeparators(final Octets octets, final int from, final int end, final int width) {
        int at = from;
        while (end - at >= width && isSeparator(octets, at, width)) {
            at += width;
        }
        return at;
    }

    private static boolean isSeparator(final Octets octets, final int at, final int width) {
        return isSeparator(character(octets, at, width));
    }

    private static boolean isSeparator(final int character) {
        return character == BACKSLASH || character == '/';
    }

    private static int character(final Octets octets, final int at, final int width) {
        return width == 2 ? octets.number16(at) : octets.octet(at);
    }
}
