package net.flowsonde.collector;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Receives over UDP, TCP and TLS until a limit is reached or a signal comes. */
@Command(name = "listen", mixinStandardHelpOptions = true, description = "Receives over UDP, TCP and TLS.")
final class ListenCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "URI", converter = AddressConverter.class,
        description = "udp://HOST:PORT, tcp://HOST:PORT or tls://HOST:PORT; port 0 lets the system choose. IPv6 as [ADDRESS].")
    private List<URI> addresses;

    @Option(names = "--count", paramLabel = "N", description = "Stop after N flow records.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--idle-exit", paramLabel = "TIME", converter = DurationConverter.class,
        description = "Stop when nothing came for so long after the first message, such as 2s or 500ms.")
    private Duration idleExit = Duration.ofSeconds(Long.MAX_VALUE);

    @Option(names = "--receive-buffer", paramLabel = "OCTETS",
        description = "Receive buffer of UDP sockets to ask for; the system's default if not given.")
    private int receiveBuffer;

    @Mixin
    private OutputOptions output;

    @Mixin
    private TlsFiles tls;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final PrintStream out = Collector.bufferedOut();
        final Breaches breaches = new Breaches(System.err::println);
        final Summary summary = new Summary(breaches);
        final MessageDecoder decoder =
            new MessageDecoder(breaches, RecordListener.all(summary, output.recordListener(out)), output.mtu());
        try (Listening listening = new Listening(addresses, receiveBuffer, tls, line -> System.err.println("collector: " + line))) {
            final CountDownLatch isDone = stopOnSignal(listening, breaches);
            try {
                listening.addresses().forEach(address -> System.err.println("listening on " + address));
                listening.decode(decoder, idle -> isEnough(summary, idle, out));
                output.printEnd(summary, out, System.err);
            } finally {
                isDone.countDown();
            }
        }
        return Collector.exitCode(breaches);
    }

    private boolean isEnough(final Summary summary, final Duration idle, final PrintStream out) {
        if (!idle.isZero()) {
            out.flush();
        }
        return summary.total().records() >= count || idle.compareTo(idleExit) > 0;
    }

    /** A signal ends the process with the exit code that a limit would have given, after everything is printed. */
    private static CountDownLatch stopOnSignal(final Listening listening, final Breaches breaches) {
        final CountDownLatch isDone = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (isDone.getCount() > 0) {
                listening.stop();
                awaitQuietly(isDone);
                Runtime.getRuntime().halt(Collector.exitCode(breaches));
            }
        }, "shutdown"));
        return isDone;
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes udp, tcp and tls addresses with host and port. */
    static final class AddressConverter implements ITypeConverter<URI> {
        @Override
        public URI convert(final String text) {
            final URI uri;
            try {
                uri = URI.create(text);
            } catch (final IllegalArgumentException e) {
                throw new TypeConversionException(text + " is no URI");
            }
            final boolean isKnown = List.of("udp", "tcp", "tls").contains(String.valueOf(uri.getScheme()));
            if (!isKnown || uri.getHost() == null || uri.getPort() < 0 || uri.getPort() > 65_535) {
                throw new TypeConversionException(text + " is none of udp://HOST:PORT, tcp://HOST:PORT and tls://HOST:PORT");
            }
            return uri;
        }
    }

    /** Takes times such as {@code 2s}, {@code 500ms} and {@code 1m}. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(final String text) {
            try {
                return text.endsWith("ms") ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                    : Duration.parse("PT" + text);
            } catch (final NumberFormatException | java.time.DateTimeException e) {
                throw new CommandLine.TypeConversionException(text + " is no time such as 2s, 500ms or 1m");
            }
        }
    }
}
