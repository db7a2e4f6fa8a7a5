package net.flowsonde.enrich.file;

import java.util.Locale;
import net.flowsonde.dpi.FileProtocol;

/**
 * A path below a share, taken apart. Of SMB, whose separators are of either kind, a stream's name (MS-FSCC, 2.1.5) is left out; a name of
 * NFS may have anything but a slash in it.
 *
 * @param directory  everything before the last separator, empty at the top
 * @param name       the last component
 */
record FilePath(String directory, String name) {
    private static final int LONGEST_EXTENSION = 16;

    static FilePath of(final FileProtocol protocol, final String path) {
        final int separator = protocol.isNfs() ? path.lastIndexOf('/') : Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
        final int stream = protocol.isNfs() ? -1 : path.indexOf(':', separator + 1);
        return new FilePath(
            separator < 0 ? "" : path.substring(0, separator), path.substring(separator + 1, stream < 0 ? path.length() : stream));
    }

    /** Share and path, with the separator of the protocol. */
    static String full(final String share, final String path) {
        if (share.isEmpty() || path.isEmpty()) {
            return share + path;
        }
        final char separator = share.indexOf('\\') >= 0 || share.indexOf('/') < 0 ? '\\' : '/';
        return path.charAt(0) == separator || share.endsWith("/") ? share + path : share + separator + path;
    }

    boolean isEmpty() {
        return name.isEmpty();
    }

    /** Behind the last full stop, lower case; empty when there is none, or none that could be an extension. */
    String extension() {
        final int dot = name.lastIndexOf('.');
        final String extension = dot <= 0 ? "" : name.substring(dot + 1);
        return extension.length() > LONGEST_EXTENSION || extension.indexOf(' ') >= 0 ? "" : extension.toLowerCase(Locale.ROOT);
    }

    /** The name without its extension. */
    String stem() {
        return extension().isEmpty() ? name : name.substring(0, name.lastIndexOf('.'));
    }

    /** What programs make while they save, and what Finder leaves behind: its coming and going is no sign of anything. */
    boolean isTemporary() {
        return name.startsWith("~") || name.startsWith("._") || name.startsWith(".~") || name.endsWith("~") || name.startsWith(".nfs")
            || switch (extension()) {
                case "tmp", "temp", "lock", "part", "partial", "crdownload", "swp", "swx", "ds_store" -> true;
                default -> false;
            };
    }

    /** The file in its directory, as a key. */
    long key() {
        return key(name);
    }

    /** Another name in the same directory, as a key. SMB's names are the same in either case. */
    long key(final String otherName) {
        return Hash.of(Hash.of(Hash.START, directory), otherName);
    }

    long directoryKey() {
        return Hash.of(Hash.START, directory);
    }

    /** FNV-1a over folded characters: 64 bits, so that collisions do not matter among thousands. */
    static final class Hash {
        static final long START = 0xCBF2_9CE4_8422_2325L;
        private static final long PRIME = 0x0000_0100_0000_01B3L;

        private Hash() {
        }

        static long of(final long start, final String text) {
            long hash = (start ^ '/') * PRIME;
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ Character.toLowerCase(text.charAt(i))) * PRIME;
            }
            return hash;
        }
    }
}
