package net.flowsonde.ipfix;

/** How to read our records with nfdump, which takes no element files. */
final class NfdumpNotes {
    private NfdumpNotes() {
    }

    static String text() {
        return """
            nfcapd takes no file of elements; Flowsonde's profile "nfdump" sends what it knows.

              nfcapd -w /var/cache/nfdump -p 9995
              flowsonde run --profile nfdump --collector udp://127.0.0.1:9995 ...

            Each flow is two records, one a direction, with times in milliseconds and TCP flags of their own.
            Flows of DNS bring one message each way with what was asked and the addresses and names that were answered:
              nfdump -R /var/cache/nfdump -o raw 'port 53'
              nfdump -R /var/cache/nfdump -o 'fmt:%ts %sap %dap %ipl' 'port 53'
            nfdump -B puts the two together again. Firewall events with the reason of a teardown: profile "nsel-v9".
            """;
    }
}
