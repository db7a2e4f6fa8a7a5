package net.flowsonde.dpi.nfs;

import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a structure in external data representation (RFC 4506), by which it can be passed over. Written as a text, a letter a field:
 * <pre>
 *  4 8 x       four, eight, sixteen octets: integers, booleans, enumerations; hypers, verifiers; state and session identifiers
 *  o           opaque or string: a length, octets, padding
 *  a           array of integers: a bit map among them
 *  *(...)      a count and as many of what is in the parentheses; an optional or a boolean union too, whose count is 0 or 1
 *  {0:...|1:...|:...}   union by an integer; the arm without a number is for all others
 * </pre>
 */
final class XdrLayout {
    static final XdrLayout NOTHING = of("");
    /** Most elements of an array that is believed. */
    private static final int MOST_ELEMENTS = 1 << 14;

    private interface Field {
        void skip(XdrReader xdr);
    }

    private final String text;
    private int position;
    private final Field[] fields;

    private XdrLayout(final String text) {
        this.text = text;
        fields = sequence().toArray(Field[]::new);
    }

    static XdrLayout of(final String text) {
        final XdrLayout layout = new XdrLayout(text);
        if (layout.position < text.length()) {
            throw new IllegalArgumentException("position " + layout.position + " of " + text);
        }
        return layout;
    }

    /** Passes over one such structure. */
    void skip(final XdrReader xdr) {
        skip(fields, xdr);
    }

    private static void skip(final Field[] fields, final XdrReader xdr) {
        for (final Field field : fields) {
            field.skip(xdr);
        }
    }

    private List<Field> sequence() {
        final List<Field> sequence = new ArrayList<>();
        while (position < text.length() && "|)}".indexOf(text.charAt(position)) < 0) {
            sequence.add(field(text.charAt(position++)));
        }
        return sequence;
    }

    private Field field(final char letter) {
        return switch (letter) {
            case '4' -> xdr -> xdr.skip(4);
            case '8' -> xdr -> xdr.skip(8);
            case 'x' -> xdr -> xdr.skip(16);
            case 'o' -> xdr -> xdr.readOpaque(RpcStream.LONGEST_PIECE);
            case 'a' -> xdr -> xdr.skip(Integer.BYTES * xdr.readLength(MOST_ELEMENTS));
            case '*' -> repeated();
            case '{' -> union();
            default -> throw new IllegalArgumentException(letter + " in " + text);
        };
    }

    private Field repeated() {
        position++;
        final Field[] element = sequence().toArray(Field[]::new);
        position++;
        return xdr -> {
            final int count = xdr.readLength(MOST_ELEMENTS);
            for (int i = 0; i < count && xdr.isWhole(); i++) {
                skip(element, xdr);
            }
        };
    }

    private Field union() {
        final List<Integer> values = new ArrayList<>();
        final List<Field[]> arms = new ArrayList<>();
        do {
            final int colon = text.indexOf(':', position);
            values.add(colon == position ? null : Integer.valueOf(text.substring(position, colon)));
            position = colon + 1;
            arms.add(sequence().toArray(Field[]::new));
        } while (text.charAt(position++) == '|');
        final int otherwise = values.indexOf(null);
        final int[] keys = values.stream().mapToInt(value -> value == null ? 0 : value).toArray();
        final Field[][] choices = arms.toArray(Field[][]::new);
        return xdr -> choose(xdr.readInt(), keys, choices, otherwise, xdr);
    }

    private static void choose(
        final int value, final int[] keys, final Field[][] choices, final int otherwise, final XdrReader xdr) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == value && i != otherwise) {
                skip(choices[i], xdr);
                return;
            }
        }
        if (otherwise >= 0) {
            skip(choices[otherwise], xdr);
        }
    }
}
