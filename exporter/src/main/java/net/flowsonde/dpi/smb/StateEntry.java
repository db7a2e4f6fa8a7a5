package net.flowsonde.dpi.smb;

/**
 * Something that is remembered under a key of three numbers, in a {@link StateTable}, and perhaps in the list of whoever it ends with.
 * Reused: {@link #generation} tells a reference that outlived its entry.
 */
abstract class StateEntry<E extends StateEntry<E>> {
    long key0;
    long key1;
    long key2;
    int generation;
    boolean isHeld;
    E nextInBucket;
    E newer;
    E older;
    OwnerList<E> owner;
    E nextOfOwner;
    E previousOfOwner;

    /** Makes it as new. */
    abstract void reset();

    final boolean isKey(final long first, final long second, final long third) {
        return key0 == first && key1 == second && key2 == third;
    }
}
