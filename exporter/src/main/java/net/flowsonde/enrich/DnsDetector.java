package net.flowsonde.enrich;

/** Looks at DNS for one kind of trouble, and raises an alert when it finds it. Owned by the export thread. */
interface DnsDetector {
    void onExchange(DnsExchange exchange);
}
