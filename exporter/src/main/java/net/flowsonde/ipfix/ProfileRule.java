package net.flowsonde.ipfix;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Something that a collector chokes on, so that a profile for it may not have it.
 * <pre>
 *  transport SCHEME ...      the only transports that it listens on
 *  enterprises PEN ...       the only enterprises whose elements it takes; own for ours
 *  cut-enterprises N ...     no enterprise number above 65535 whose lower 16 bits are one of these
 *  only PEN IDS ...          the only elements of an enterprise, numbers or ranges such as 1-433
 *  never PEN IDS ...         elements that it must not be sent
 *  length PEN:ID N ...       the only lengths of an element
 *  numbers N ...             the only lengths of unsigned numbers
 *  distinct-numbers          no two elements of a template with one number, whatever their enterprises
 *  fixed-text N              most octets of texts of a fixed length
 *  fixed-text-below N        no text of variable length under a number of IANA below this
 *  fixed-field               a template has at least one field of a fixed length
 *  no-lists                  no structured data (RFC 6313)
 * </pre>
 *
 * @param check   says what breaks it
 * @param reason  what happens there
 */
record ProfileRule(Check check, String reason) {
    /** Names what breaks a rule; nothing when it is kept. */
    interface Check {
        Stream<String> complaints(Sent sent);
    }

    /**
     * A template as it is sent.
     *
     * @param scheme            of the collector's URI; empty when no collector is known
     * @param enterpriseNumber  of our own elements
     */
    record Sent(String scheme, long enterpriseNumber, List<? extends Field<?>> fields) {
        private Stream<String> breaking(final Predicate<Field<?>> isWrong) {
            return fields.stream().filter(isWrong).map(Sent::name);
        }

        static String name(final Field<?> field) {
            final Element element = field.element();
            return element.name() + " (" + element.enterpriseNumber() + ":" + element.id()
                + (field.length() == Field.VARIABLE_LENGTH ? "" : ", " + field.length() + " octets") + ")";
        }
    }

    static ProfileRule parse(final String line) {
        final String[] parts = line.split("\\s*\\|\\s*", 2);
        final List<String> words = List.of(parts[0].split("\\s+"));
        final List<String> arguments = words.subList(1, words.size());
        return new ProfileRule(switch (words.get(0)) {
            case "transport" -> transport(arguments);
            case "enterprises" -> enterprises(arguments);
            case "cut-enterprises" -> cutEnterprises(arguments);
            case "only" -> only(arguments);
            case "never" -> never(arguments);
            case "length" -> length(arguments);
            case "numbers" -> numbers(arguments);
            case "distinct-numbers" -> ProfileRule::distinctNumbers;
            case "fixed-text" -> fixedText(Integer.parseInt(arguments.get(0)));
            case "fixed-text-below" -> fixedTextBelow(Integer.parseInt(arguments.get(0)));
            case "fixed-field" -> ProfileRule::fixedField;
            case "no-lists" -> ProfileRule::noLists;
            default -> throw new IllegalStateException(line);
        }, parts[1]);
    }

    private static Check transport(final List<String> schemes) {
        return sent -> sent.scheme().isEmpty() || schemes.contains(sent.scheme()) ? Stream.empty() : Stream.of(sent.scheme());
    }

    private static Check enterprises(final List<String> numbers) {
        return sent -> sent.breaking(field -> {
            final long number = field.element().enterpriseNumber();
            return !numbers.contains(number == sent.enterpriseNumber() ? "own" : Long.toString(number));
        });
    }

    private static Check cutEnterprises(final List<String> mistakenFor) {
        return sent -> sent.breaking(field -> {
            final long number = field.element().enterpriseNumber();
            return number > 0xFFFF && mistakenFor.contains(Long.toString(number & 0xFFFF));
        });
    }

    private static Check only(final List<String> arguments) {
        final long enterpriseNumber = Long.parseLong(arguments.get(0));
        final Predicate<Element> isListed = listed(arguments);
        return sent -> sent.breaking(
            field -> field.element().enterpriseNumber() == enterpriseNumber && !isListed.test(field.element()));
    }

    private static Check never(final List<String> arguments) {
        final Predicate<Element> isListed = listed(arguments);
        return sent -> sent.breaking(field -> isListed.test(field.element()));
    }

    private static Predicate<Element> listed(final List<String> arguments) {
        final long enterpriseNumber = Long.parseLong(arguments.get(0));
        final List<int[]> ranges = arguments.stream().skip(1)
            .map(range -> Arrays.stream(range.split("-")).mapToInt(Integer::parseInt).toArray()).toList();
        return element -> element.enterpriseNumber() == enterpriseNumber
            && ranges.stream().anyMatch(range -> element.id() >= range[0] && element.id() <= range[range.length - 1]);
    }

    private static Check length(final List<String> arguments) {
        final Predicate<Element> isListed = listed(List.of(arguments.get(0).split(":")));
        final List<Integer> lengths = arguments.stream().skip(1).map(Integer::valueOf).toList();
        return sent -> sent.breaking(field -> isListed.test(field.element()) && !lengths.contains(field.length()));
    }

    private static Check numbers(final List<String> arguments) {
        final List<Integer> lengths = arguments.stream().map(Integer::valueOf).toList();
        return sent -> sent.breaking(
            field -> field.element().type().isUnsigned() && !lengths.contains(field.length()));
    }

    private static Stream<String> distinctNumbers(final Sent sent) {
        final Set<Integer> numbers = new HashSet<>();
        return sent.breaking(field -> !numbers.add(field.element().id()));
    }

    private static Check fixedText(final int most) {
        return sent -> sent.breaking(field -> field.element().type() == DataType.STRING && field.length() != Field.VARIABLE_LENGTH
            && field.length() > most);
    }

    private static Check fixedTextBelow(final int id) {
        return sent -> sent.breaking(field -> field.element().type() == DataType.STRING && field.length() == Field.VARIABLE_LENGTH
            && field.element().isOf(Element.IANA) && field.element().id() < id);
    }

    private static Stream<String> fixedField(final Sent sent) {
        return sent.fields().stream().allMatch(field -> field.length() == Field.VARIABLE_LENGTH)
            ? Stream.of("a template without any field of a fixed length") : Stream.empty();
    }

    private static Stream<String> noLists(final Sent sent) {
        return sent.breaking(
            field -> field.element().type() == DataType.BASIC_LIST || field.element().type() == DataType.SUB_TEMPLATE_LIST);
    }
}
