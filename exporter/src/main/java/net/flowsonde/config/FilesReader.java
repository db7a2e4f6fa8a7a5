package net.flowsonde.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the section {@code files}. */
final class FilesReader {
    private static final int LONGEST_PATH = 512;
    private static final int SHORTEST_CANARY = 3;

    private final Mistakes mistakes;

    FilesReader(final Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    FilesConfig read(final Section section) {
        final FilesConfig otherwise = FilesConfig.DEFAULT;
        return new FilesConfig(
            section.count("records-per-minute", otherwise.recordsPerMinute(), 0, 100_000_000),
            section.count("actors", otherwise.actors(), 16, 65_536),
            section.duration("user-inference", otherwise.userInference(), Duration.ZERO, Duration.ofDays(1)),
            userNumbersFile(section),
            maskKeyFile(section),
            section.list("unmasked", "a list of users, paths, shares", this::unmasked),
            section.list("canaries", "a list of paths", this::canary),
            threshold(section, "overwrites", otherwise.overwrites()),
            threshold(section, "replacements", otherwise.replacements()),
            threshold(section, "renames", otherwise.renames()),
            threshold(section, "new-extensions", otherwise.newExtensions()),
            threshold(section, "same-file", otherwise.sameFile()),
            threshold(section, "walk", otherwise.walk()),
            threshold(section, "destructions", otherwise.destructions()),
            threshold(section, "denials", otherwise.denials()),
            section.count("score", otherwise.score(), 0, 1_000));
    }

    private static int threshold(final Section section, final String key, final int otherwise) {
        return section.count(key, otherwise, 0, FilesConfig.MOST_COUNTED);
    }

    private Optional<Path> userNumbersFile(final Section section) {
        final String text = section.text("user-numbers-file", "", LONGEST_PATH);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            PasswordFile.read(Path.of(text));
        } catch (final CharacterCodingException noText) {
            section.refuse("user-numbers-file", "names a file that is not UTF-8");
        } catch (final FileSystemException unreadable) {
            section.refuse("user-numbers-file", "names a file that cannot be read");
        } catch (final IOException refused) {
            section.refuse("user-numbers-file", "names a file that " + refused.getMessage());
        }
        return Optional.of(Path.of(text));
    }

    private Optional<Path> maskKeyFile(final Section section) {
        final String text = section.text("mask-key-file", "", LONGEST_PATH);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        final Path path = Path.of(text);
        try {
            if (Files.size(path) < FilesConfig.SHORTEST_KEY) {
                section.refuse("mask-key-file", "names a file with less than " + FilesConfig.SHORTEST_KEY + " octets");
            }
        } catch (final IOException unreadable) {
            section.refuse("mask-key-file", "names a file that cannot be read");
        }
        return Optional.of(path);
    }

    private void unmasked(final String path, final Node entry, final List<String> names) {
        final String name = Section.scalarText(path, entry, mistakes);
        if (name != null && !FilesConfig.MASKED.contains(name)) {
            mistakes.add(path, Mistakes.quote(name) + " is nothing that is masked" + Mistakes.suggestion(name, FilesConfig.MASKED), entry);
        } else if (name != null) {
            names.add(name);
        }
    }

    private void canary(final String path, final Node entry, final List<String> canaries) {
        final String text = Section.scalarText(path, entry, mistakes);
        if (text == null) {
            return;
        }
        if (text.length() < SHORTEST_CANARY || text.length() > LONGEST_PATH) {
            mistakes.add(path, Mistakes.quote(text) + " has less than " + SHORTEST_CANARY + " or more than " + LONGEST_PATH + " characters", entry);
        } else if (canaries.size() == FilesConfig.MOST_CANARIES) {
            mistakes.add(path, Mistakes.quote(text) + " is one more than " + FilesConfig.MOST_CANARIES + " canaries", entry);
        } else {
            canaries.add(text);
        }
    }
}
