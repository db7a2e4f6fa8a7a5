package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.Text;

/** Names as they are sent, made comparable: without the leading backslash, the root of a share as a lone backslash. */
final class SmbPath {
    private static final int BACKSLASH = '\\';
    private static final int SERVER_AND_SHARE = 2;

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
            final int character = width == 2 ? octets.number16(end - width) : octets.octet(end - width);
            if (character == BACKSLASH) {
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
        return (width == 2 ? octets.number16(at) : octets.octet(at)) == BACKSLASH;
    }
}
