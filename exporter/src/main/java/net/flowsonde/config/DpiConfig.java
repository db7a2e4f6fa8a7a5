package net.flowsonde.config;

/**
 * What is looked at in the payload of flows.
 *
 * @param flows             most TCP flows of one queue that are looked into at one time; 1,024 to 1,048,575
 * @param reassemblyMemory  most octets of one queue that wait for the rest of a message or for a hole to be filled; 1 MiB to 4 GiB
 * @param smb               whether SMB is dissected
 */
public record DpiConfig(int flows, long reassemblyMemory, boolean smb) {
    public static final DpiConfig DEFAULT = new DpiConfig(65_536, 64L << 20, true);
}
