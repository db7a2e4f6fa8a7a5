package net.flowsonde.dpi.nfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What tshark shows of NFS and MOUNT in a capture, a line an event with how often it is there (or how many octets): the operation, the path
 * that tshark puts together from the names that it saw, the status, uid and machine. Calls are joined with their replies by identifier.
 */
final class TsharkRpc {
    private static final String NFS = "100003";
    private static final String[] FIELDS = {
        "rpc.msgtyp", "rpc.xid", "rpc.program", "rpc.programversion", "rpc.procedure", "rpc.auth.uid", "rpc.auth.machinename", "nfs.name",
        "nfs.full_name", "nfs.status", "mount.status", "mount.path", "nfs.symlink.to", "nfs.readlink.data", "nfs.count3", "nfs.data",
        "nfs.main_opcode", "nfs.pathname.component", "nfs.write.data_length"};
    private static final String[] VERSION_2 = {
        "null", "getattr", "setattr", "root", "lookup", "readlink", "read", "writecache", "write", "create", "remove", "rename", "link",
        "symlink", "mkdir", "rmdir", "readdir", "statfs"};
    private static final String[] VERSION_3 = {
        "null", "getattr", "setattr", "lookup", "access", "readlink", "read", "write", "create", "mkdir", "symlink", "mknod", "remove",
        "rmdir", "rename", "link", "readdir", "readdir", "fsstat", "fsinfo", "pathconf", "commit"};
    private static final String[] MOUNT = {"null", "mnt", "dump", "umnt", "umntall", "export"};
    private static final Map<String, String> VERSION_4 = Map.ofEntries(
        Map.entry("3", "access"), Map.entry("4", "close"), Map.entry("8", "delegreturn"), Map.entry("9", "getattr"),
        Map.entry("15", "lookup"), Map.entry("18", "open"), Map.entry("24", "putrootfh"), Map.entry("25", "read"), Map.entry("38", "write"),
        Map.entry("42", "exchange_id"), Map.entry("43", "create_session"), Map.entry("44", "destroy_session"),
        Map.entry("47", "getdeviceinfo"), Map.entry("50", "layoutget"), Map.entry("51", "layoutreturn"),
        Map.entry("52", "secinfo_no_name"), Map.entry("57", "destroy_clientid"), Map.entry("58", "reclaim_complete"));

    private final Map<String, Message> calls = new HashMap<>();
    private final Map<String, Long> events = new TreeMap<>();

    /** The fields of one message. */
    private record Message(String[] fields) {
        String first(final String name) {
            final String[] all = all(name);
            return all.length == 0 ? "" : all[0];
        }

        String[] all(final String name) {
            final String text = fields[List.of(FIELDS).indexOf(name)];
            return text.isEmpty() ? new String[0] : text.split("\\|");
        }
    }

    private TsharkRpc() {
    }

    /** Events of a capture, with their counts. */
    static Map<String, Long> events(final Path file) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString(), "-o", "nfs.file_name_snooping:TRUE", "-o",
            "nfs.file_full_name_snooping:TRUE", "-Y", "nfs || mount", "-T", "fields", "-E", "aggregator=|"));
        for (final String field : FIELDS) {
            command.addAll(List.of("-e", field));
        }
        final Process tshark = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final TsharkRpc rpc = new TsharkRpc();
        new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
            .forEach(line -> rpc.on(new Message((line + "\t.").split("\t"))));
        tshark.waitFor();
        return rpc.events;
    }

    private void on(final Message message) {
        final String xid = message.first("rpc.xid");
        if (message.first("rpc.msgtyp").equals("0")) {
            calls.put(xid, message);
        } else if (calls.containsKey(xid)) {
            onReply(calls.remove(xid), message);
        }
    }

    private void onReply(final Message call, final Message reply) {
        final int procedure = Integer.parseInt(call.first("rpc.procedure"));
        if (!call.first("rpc.program").equals(NFS)) {
            add(MOUNT[procedure], call.first("mount.path"), call, reply, 1);
        } else if (call.first("rpc.programversion").equals("4")) {
            onCompound(call, reply);
        } else {
            onProcedure(call.first("rpc.programversion").equals("2") ? VERSION_2[procedure] : VERSION_3[procedure], call, reply);
        }
    }

    private void onProcedure(final String operation, final Message call, final Message reply) {
        final String[] names = call.all("nfs.name");
        final String[] paths = call.all("nfs.full_name");
        final String path = paths.length == 0 ? "" : withoutServer(paths[0]);
        switch (operation) {
            case "lookup", "create", "mkdir", "remove", "rmdir", "mknod" -> add(operation, path + '/' + names[1], call, reply, 1);
            case "symlink" -> add(operation, path + '/' + names[1] + " to " + call.first("nfs.symlink.to"), call, reply, 1);
            case "rename" -> add(
                operation, path + '/' + names[1] + " to " + withoutServer(paths[1]) + '/' + names[3], call, reply, 1);
            case "link" -> add(operation, path + " to " + withoutServer(paths[1]) + '/' + names[2], call, reply, 1);
            case "readlink" -> add(operation, path + " to " + reply.first("nfs.readlink.data"), call, reply, 1);
            case "read" -> add(operation, path, call, reply, octets(reply));
            case "write" -> add(operation, path, call, reply, octets(call));
            default -> add(operation, path, call, reply, 1);
        }
    }

    /** Octets that a message carries, or says that it does. */
    private static long octets(final Message message) {
        final String count = message.first("nfs.count3");
        return count.isEmpty() ? message.first("nfs.data").length() / 2 : Long.parseLong(count);
    }

    private static String withoutServer(final String path) {
        return path.substring(path.indexOf(':') + 1);
    }

    /** tshark knows no more than names in version 4. */
    private void onCompound(final Message call, final Message reply) {
        for (final String code : call.all("nfs.main_opcode")) {
            final String operation = VERSION_4.get(code);
            final String name = call.first("nfs.pathname.component").isEmpty() ? call.first("nfs.name") : call.first("nfs.pathname.component");
            add(operation, name, call, reply, operation.equals("write") ? call.first("nfs.data").length() / 2 : 1);
        }
    }

    private void add(final String operation, final String path, final Message call, final Message reply, final long count) {
        final String status = reply.first("nfs.status").isEmpty() ? reply.first("mount.status") : reply.first("nfs.status");
        final String user = call.first("rpc.auth.uid").isEmpty() ? "-" : call.first("rpc.auth.uid") + '@' + call.first("rpc.auth.machinename");
        events.merge(operation + " [" + path + "] " + (status.isEmpty() ? "0" : status) + ' ' + user, count, Long::sum);
    }
}
