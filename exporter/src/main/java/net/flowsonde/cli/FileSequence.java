package net.flowsonde.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.flowsonde.capture.CaptureException;
import net.flowsonde.capture.PacketHandler;
import net.flowsonde.capture.PacketSource;

/**
 * Several capture files, one after the other, as one stream. A file that breaks off is noted and the next is read. Each file is opened
 * when its turn comes.
 */
final class FileSequence implements PacketSource {
    private final Iterator<Supplier<PacketSource>> rest;
    private final List<String> problems = new ArrayList<>();
    private volatile PacketSource current;
    private volatile int begun;

    FileSequence(final List<Supplier<PacketSource>> files) {
        rest = files.iterator();
        next();
    }

    /** How many files have been opened; any thread. */
    int begun() {
        return begun;
    }

    @Override
    public int poll(final PacketHandler handler) {
        final PacketSource source = current;
        if (source == null) {
            return 0;
        }
        final int frames = source.poll(handler);
        if (source.isFinished()) {
            source.problem().ifPresent(problems::add);
            source.close();
            next();
        }
        return frames;
    }

    private void next() {
        current = null;
        while (current == null && rest.hasNext()) {
            try {
                current = rest.next().get();
                begun++;
            } catch (final CaptureException unreadable) {
                problems.add(unreadable.getMessage());
            }
        }
    }

    @Override
    public boolean isFinished() {
        return current == null;
    }

    @Override
    public Optional<String> problem() {
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join(System.lineSeparator(), problems));
    }

    /** Standard input may wait for a slow writer. */
    @Override
    public void wakeUp() {
        final PacketSource source = current;
        if (source != null) {
            source.wakeUp();
        }
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
