package net.flowsonde.telemetry;

/** What is known of a thing that counts, besides its numbers; set while the pipeline is assembled or when it changes. */
public enum Label {
    /** Name of the interface, or of the file. */
    INTERFACE,
    /** How messages reach a collector: udp, tcp, tls, file, json. */
    TRANSPORT,
    /** Which elements a collector is sent. */
    PROFILE
}
