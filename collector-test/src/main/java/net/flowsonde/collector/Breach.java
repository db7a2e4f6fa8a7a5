package net.flowsonde.collector;

/**
 * One finding.
 *
 * @param session  transport session, for a person
 * @param message  number of the message in its session, from 1
 * @param offset   octet in the message where the finding lies
 * @param rule     what was broken
 * @param detail   what was found
 */
record Breach(String session, long message, int offset, Rule rule, String detail) {
    @Override
    public String toString() {
        return session + ", message " + message + ", octet " + offset + ": " + rule + ": " + detail + " (" + rule.text() + ")";
    }
}
