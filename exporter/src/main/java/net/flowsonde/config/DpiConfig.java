package net.flowsonde.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is looked at in the payload of flows.
 *
 * @param flows               most TCP flows of one queue that are looked into at one time; 1,024 to 1,048,575
 * @param reassemblyMemory    most octets of one queue that wait for the rest of a message or for a hole to be filled; 1 MiB to 4 GiB
 * @param smb                 whether SMB is dissected
 * @param dns                 whether DNS, DHCP and router advertisements are dissected
 * @param dnsTimeout          how long the answer to a query is waited for; 1 s to 5 min
 * @param dnsPending          most DNS transactions of one queue that are under way at one time; 1,024 to 4,194,304
 * @param encryptedResolvers  names and addresses of resolvers that speak DNS over HTTPS, beside those that are known
 * @param nfs                 whether ONC RPC, MOUNT and NFS are dissected
 * @param nfsLimits           how much of NFS is remembered
 * @param smbLimits           how much of SMB is remembered
 * @param kerberos            whether the users of Kerberos tickets are learnt from key servers
 * @param kerberosTickets     most tickets, of all queues, whose users are remembered; 1,024 to 1,048,576
 */
public record DpiConfig(
    int flows, long reassemblyMemory, boolean smb, boolean dns, Duration dnsTimeout, int dnsPending, List<String> encryptedResolvers,
    boolean nfs, NfsLimits nfsLimits, SmbLimits smbLimits, boolean kerberos,
    int kerberosTickets) {
    public static final DpiConfig DEFAULT =
        new DpiConfig(65_536, 64L << 20, true, true, Duration.ofSeconds(10), 32_768, List.of(), true, NfsLimits.DEFAULT, SmbLimits.DEFAULT,
            true, 16_384);

    static final int LONGEST_NAME = 253;
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");

    public DpiConfig {
        encryptedResolvers = List.copyOf(encryptedResolvers);
    }

    /** Whether an entry of {@link #encryptedResolvers} is an address, not a name. */
    public static boolean isAddress(final String entry) {
        return entry.indexOf(':') >= 0 || entry.chars().allMatch(character -> character == '.' || character >= '0' && character <= '9');
    }
}
