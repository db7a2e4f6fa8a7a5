package net.flowsonde.dpi.nfs;

/** The programs and versions that are read. */
final class RpcPrograms {
    private final RpcProgram portmap = new PortmapProgram();
    private final RpcProgram mount = new MountProgram();
    private final RpcProgram nfs2 = new Nfs2Program();
    private final RpcProgram nfs3 = new Nfs3Program();
    private final RpcProgram nfs4 = new Nfs4Program();

    /** The reader of a program and version, null for others. */
    RpcProgram of(final int program, final int version) {
        return switch (program) {
            case RpcHeaders.PORTMAP -> portmap;
            case RpcHeaders.MOUNT -> version >= 1 && version <= 3 ? mount : null;
            case RpcHeaders.NFS -> switch (version) {
                case 2 -> nfs2;
                case 3 -> nfs3;
                case 4 -> nfs4;
                default -> null;
            };
            default -> null;
        };
    }
}
