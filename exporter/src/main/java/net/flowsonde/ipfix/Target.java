package net.flowsonde.ipfix;

/**
 * The element that a profile sends a value as.
 *
 * @param element  of the collector's vocabulary
 * @param length   octets; 0 for as many as the value has by itself
 * @param divisor  what a number is divided by
 * @param upTime   the clock of times that count from the boot; null where there is none
 */
record Target(Element element, int length, long divisor, UpTime upTime) {
    /** As many octets as the value has by itself. */
    static final int NATURAL = 0;

    int lengthOr(final int ownLength) {
        return length == NATURAL ? ownLength : length;
    }

    /** How a time is written as this element: one without a type of its own counts from the boot. */
    TimeForm timeForm() {
        final TimeForm form = TimeForm.of(element);
        return form == TimeForm.NONE ? TimeForm.UP_TIME : form;
    }

    Target with(final UpTime clock) {
        return new Target(element, length, divisor, clock);
    }
}
