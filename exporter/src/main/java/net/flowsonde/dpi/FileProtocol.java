package net.flowsonde.dpi;

/** Protocol and version by which files were reached. Codes are frozen. */
public enum FileProtocol {
    UNKNOWN(0, "unknown"),
    SMB1(1, "SMB1"),
    /** SMB2 or SMB3; the negotiation was not seen. */
    SMB2(2, "SMB2"),
    SMB2_0_2(3, "SMB2.0.2"),
    SMB2_1(4, "SMB2.1"),
    SMB3_0(5, "SMB3.0"),
    SMB3_0_2(6, "SMB3.0.2"),
    SMB3_1_1(7, "SMB3.1.1"),
    NFS2(16, "NFSv2"),
    NFS3(17, "NFSv3"),
    NFS4_0(18, "NFSv4.0"),
    NFS4_1(19, "NFSv4.1"),
    NFS4_2(20, "NFSv4.2"),
    /** NFS over RPC with TLS (RFC 9289), or a version that cannot be seen. */
    NFS(21, "NFS");

    private final int code;
    private final String text;

    FileProtocol(final int code, final String text) {
        this.code = code;
        this.text = text;
    }

    /** Value of the exported element. */
    public int code() {
        return code;
    }

    /** Some version of NFS. */
    public boolean isNfs() {
        return code >= NFS2.code;
    }

    /** As a person writes it. */
    public String text() {
        return text;
    }

    /** The constant of a code; {@link #UNKNOWN} for codes that are not known. */
    public static FileProtocol of(final int code) {
        for (final FileProtocol protocol : Codes.FILE_PROTOCOLS) {
            if (protocol.code == code) {
                return protocol;
            }
        }
        return UNKNOWN;
    }
}
