package net.flowsonde.enrich;

import com.google.common.net.InternetDomainName;
import java.util.Locale;
import org.agrona.DirectBuffer;

/**
 * Which part of a name somebody has registered, by the public suffix list: of {@code a.b.example.co.uk} that is {@code example.co.uk}.
 * The last three labels decide, and more of them only where these are a public suffix themselves; what was found is kept by those labels,
 * so that names under a domain that was met before cost no search. Owned by the export thread.
 */
final class RegisteredDomains {
    private static final int USUAL_LABELS = 3;
    /** No public suffix has as many. */
    private static final int MOST_LABELS = 7;
    private static final int KEPT = 1 << 13;

    private final Found[] kept = new Found[KEPT];
    private Found found = new Found(new byte[0], 0, false, true);

    /**
     * @param name       the labels that were looked at
     * @param length     octets of the registered domain, which ends them
     * @param isPublic   it is under a suffix of the public DNS
     * @param isDecided  more labels would not change it
     */
    private record Found(byte[] name, int length, boolean isPublic, boolean isDecided) {
    }

    /** Finds the registered domain of the name at {@code offset}; then ask {@link #length()} and {@link #isPublic()}. */
    void find(final DirectBuffer buffer, final int offset, final int length) {
        find(buffer, offset, offset + length, USUAL_LABELS);
        if (!found.isDecided) {
            find(buffer, offset, offset + length, MOST_LABELS);
        }
    }

    /** Octets of the registered domain, which ends the name; the whole of a name that has none. */
    int length() {
        return found.length;
    }

    /** The name is under a suffix of the public DNS. */
    boolean isPublic() {
        return found.isPublic;
    }

    private void find(final DirectBuffer buffer, final int offset, final int limit, final int labels) {
        final int start = NameText.lastLabels(buffer, offset, limit, labels);
        final int slot = (int) (NameHash.of(buffer, start, limit - start) >>> 32) & KEPT - 1;
        if (!isKept(slot, buffer, start, limit) && !isKept(slot ^ 1, buffer, start, limit)) {
            found = search(NameText.copy(buffer, start, limit - start), start > offset);
            // of two that might make room it is the older
            kept[slot ^ 1] = kept[slot];
            kept[slot] = found;
        }
    }

    private boolean isKept(final int slot, final DirectBuffer buffer, final int start, final int limit) {
        final Found known = kept[slot];
        final boolean isSame = known != null && NameText.isSame(known.name, buffer, start, limit - start);
        found = isSame ? known : found;
        return isSame;
    }

    private static Found search(final byte[] name, final boolean isPart) {
        final String text = NameText.string(name).toLowerCase(Locale.ROOT);
        if (!InternetDomainName.isValid(text)) {
            return new Found(name, lastTwoLabels(text), false, true);
        }
        final InternetDomainName domain = InternetDomainName.from(text);
        final boolean isPublic = domain.hasRegistrySuffix();
        if (domain.isUnderPublicSuffix()) {
            return new Found(name, domain.topPrivateDomain().toString().length(), isPublic, true);
        }
        return new Found(name, isPublic ? name.length : lastTwoLabels(text), isPublic, !(isPublic && isPart));
    }

    /** For names that are not of the public DNS, or that have what no registry allows. */
    private static int lastTwoLabels(final String text) {
        final int last = text.lastIndexOf('.');
        final int before = last < 0 ? -1 : text.lastIndexOf('.', last - 1);
        return text.length() - before - 1;
    }
}
