package net.flowsonde.dpi.smb;

/** The name that a server gave an open file for server-side copies (MS-SMB2 2.2.32.3): the key of this entry. */
final class SmbResumeKey extends StateEntry<SmbResumeKey> {
    private SmbFile file;
    private int fileGeneration;

    @Override
    void reset() {
        file = null;
    }

    SmbFile file() {
        return file != null && file.generation == fileGeneration ? file : null;
    }

    void file(final SmbFile source) {
        file = source;
        fileGeneration = source.generation;
    }
}
