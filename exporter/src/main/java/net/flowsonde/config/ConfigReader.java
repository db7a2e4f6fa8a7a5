package net.flowsonde.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads the configuration file into records. Whatever is missing has its default, so that an empty file is a valid one; every mistake
 * is named by key, value, bound and line. Hostile files are bounded: by octets, by depth, by entries of a list; an alias is followed
 * only where the schema asks for a value, so that nested aliases multiply nothing.
 */
public final class ConfigReader {
    static final int MOST_OCTETS = 1 << 20;
    private static final int MOST_DEPTH = 16;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Section.Schema NOBODY = (path, defaultValue, bounds) -> { };

    private final String file;
    private final Mistakes mistakes;
    private final Section.Schema schema;
    private final ValueCheck filterCheck;

    private ConfigReader(final String file, final Section.Schema schema, final ValueCheck filterCheck) {
        this.file = file;
        this.schema = schema;
        this.filterCheck = filterCheck;
        mistakes = new Mistakes(file);
    }

    /** Reads and checks a file. */
    public static FlowsondeConfig read(final Path path) throws ConfigException {
        return read(path, ValueCheck.NONE);
    }

    /** Reads and checks a file; {@code filterCheck} knows which filters compile. */
    public static FlowsondeConfig read(final Path path, final ValueCheck filterCheck) throws ConfigException {
        return new ConfigReader(path.toString(), NOBODY, filterCheck).read(octetsOf(path));
    }

    /** Reads and checks the text of a file called {@code name}; {@code schema} is told of every key there is. */
    static FlowsondeConfig read(final String name, final byte[] octets, final Section.Schema schema) throws ConfigException {
        return new ConfigReader(name, schema, ValueCheck.NONE).read(octets);
    }

    private static byte[] octetsOf(final Path path) throws ConfigException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(MOST_OCTETS + 1);
        } catch (final NoSuchFileException missing) {
            throw new ConfigException(List.of(path + ": there is no such file"));
        } catch (final IOException unreadable) {
            throw new ConfigException(List.of(path + ": cannot be read: " + unreadable.getMessage()));
        }
    }

    private FlowsondeConfig read(final byte[] octets) throws ConfigException {
        final Optional<Node> root = compose(textOf(octets));
        mistakes.throwIfAny();
        final FlowsondeConfig config = whole(root.orElse(null));
        mistakes.throwIfAny();
        return config;
    }

    private String textOf(final byte[] octets) {
        if (octets.length > MOST_OCTETS) {
            mistakes.add("the file is larger than " + Quantity.formatSize(MOST_OCTETS), Optional.empty());
            return "";
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(octets)).toString();
        } catch (final CharacterCodingException notUtf8) {
            mistakes.add("the file is not UTF-8 text", Optional.empty());
            return "";
        }
    }

    private Optional<Node> compose(final String text) {
        final LoadSettings settings = LoadSettings.builder().setLabel(file).setUseMarks(true).setAllowNonScalarKeys(true)
            .setSchema(new CoreSchema()).build();
        try {
            return isShallow(new Parse(settings).parseString(text)) ? new Compose(settings).composeString(text) : Optional.empty();
        } catch (final MarkedYamlEngineException broken) {
            mistakes.add("is not YAML: " + broken.getProblem(), broken.getProblemMark());
        } catch (final YamlEngineException broken) {
            mistakes.add("is not YAML: " + Mistakes.quote(String.valueOf(broken.getMessage())), Optional.empty());
        }
        return Optional.empty();
    }

    /** The composer calls itself for each level, so that depth is checked on the events, which need no stack. */
    private boolean isShallow(final Iterable<Event> events) {
        int depth = 0;
        for (final Event event : events) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> { }
            }
            if (depth > MOST_DEPTH) {
                mistakes.add("is nested deeper than " + MOST_DEPTH + " levels", event.getStartMark());
                return false;
            }
        }
        return true;
    }

    private FlowsondeConfig whole(final Node node) {
        try (Section root = new Section("", node, mistakes, schema)) {
            final ExportConfig export = read(root, "export", this::export);
            return new FlowsondeConfig(
                read(root, "capture", this::capture),
                read(root, "flow", this::flow),
                read(root, "tcp", this::tcp),
                read(root, "dpi", this::dpi),
                read(root, "dns", new DnsReader(mistakes)::read),
                read(root, "files", new FilesReader(mistakes)::read),
                export,
                root.list("collectors", "a list of URIs or maps", new CollectorReader(export, mistakes, schema)),
                read(root, "spool", this::spool),
                read(root, "alerts", this::alerts),
                read(root, "health", this::health),
                read(root, "snmp", new SnmpReader(mistakes)::read),
                read(root, "prometheus", this::prometheus),
                read(root, "service", this::service),
                read(root, "log", this::log));
        }
    }

    private static <T> T read(final Section parent, final String key, final Function<Section, T> reader) {
        try (Section section = parent.section(key)) {
            return reader.apply(section);
        }
    }

    private CaptureConfig capture(final Section section) {
        final CaptureConfig otherwise = CaptureConfig.DEFAULT;
        return new CaptureConfig(
            section.list("interfaces", "a list of names", this::interfaceName),
            section.choice("backend", otherwise.backend()),
            section.count("queues", otherwise.queues(), 1, CaptureConfig.MOST_QUEUES),
            filter(section, otherwise.filter()),
            section.count("snap-length", otherwise.snapLength(), 96, 524_288),
            section.size("buffer-size", otherwise.bufferSize(), 1L << 20, 4L << 30),
            section.flag("promiscuous", otherwise.promiscuous()),
            section.flag("exclude-own", otherwise.excludeOwn()));
    }

    private String filter(final Section section, final String otherwise) {
        final String filter = section.text("filter", otherwise, 4_096);
        if (!filter.isBlank()) {
            filterCheck.refusal(filter).ifPresent(refusal -> section.refuse("filter", refusal));
        }
        return filter;
    }

    private void interfaceName(final String path, final Node entry, final List<String> names) {
        final String name = Section.scalarText(path, entry, mistakes);
        if (name == null) {
            return;
        }
        if (name.isBlank() || name.length() > 64) {
            mistakes.add(path, Mistakes.quote(name) + " is not the name of an interface", entry);
        } else if (names.contains(name)) {
            mistakes.add(path, Mistakes.quote(name) + " is given twice", entry);
        } else {
            names.add(name);
        }
    }

    private FlowConfig flow(final Section section) {
        final FlowConfig otherwise = FlowConfig.DEFAULT;
        final FlowConfig.Timeouts all = timeouts(section, FlowConfig.Timeouts.DEFAULT);
        return new FlowConfig(
            section.count("cache-size", otherwise.cacheSize(), 1_024, 16_777_216),
            read(section, "tcp", tcp -> timeouts(tcp, all)),
            read(section, "udp", udp -> timeouts(udp, all)),
            read(section, "icmp", icmp -> timeouts(icmp, all)),
            read(section, "other", other -> timeouts(other, all)),
            section.duration("tcp-memory", otherwise.tcpMemory(), Duration.ZERO, Duration.ofDays(7)),
            section.flag("key-vlan", otherwise.keyVlan()),
            section.flag("key-tunnel", otherwise.keyTunnel()),
            section.count("nesting-limit", otherwise.nestingLimit(), 1, 16),
            section.count("fragment-table", otherwise.fragmentTable(), 16, 1_048_576));
    }

    private static FlowConfig.Timeouts timeouts(final Section section, final FlowConfig.Timeouts otherwise) {
        return new FlowConfig.Timeouts(
            section.duration("active-timeout", otherwise.active(), SECOND, DAY),
            section.duration("idle-timeout", otherwise.idle(), SECOND, DAY));
    }

    private TcpConfig tcp(final Section section) {
        final TcpConfig otherwise = TcpConfig.DEFAULT;
        return new TcpConfig(
            section.duration("idle", otherwise.idle(), MILLISECOND, DAY),
            section.duration("zero-window", otherwise.zeroWindow(), MILLISECOND, DAY),
            section.count("retransmissions", otherwise.retransmissions(), 1, 255),
            section.duration("half-open", otherwise.halfOpen(), MILLISECOND, DAY),
            section.duration("linger", otherwise.linger(), Duration.ZERO, Duration.ofMinutes(5)),
            section.count("closing-octets", otherwise.closingOctets(), 0, 65_535));
    }

    private DpiConfig dpi(final Section section) {
        final DpiConfig otherwise = DpiConfig.DEFAULT;
        return new DpiConfig(
            section.count("flows", otherwise.flows(), 1_024, 1_048_575),
            section.size("reassembly-memory", otherwise.reassemblyMemory(), 1L << 20, 4L << 30),
            section.flag("smb", otherwise.smb()),
            section.flag("dns", otherwise.dns()),
            section.duration("dns-timeout", otherwise.dnsTimeout(), SECOND, Duration.ofMinutes(5)),
            section.count("dns-pending", otherwise.dnsPending(), 1_024, 4_194_304),
            section.list("encrypted-resolvers", "a list of names and addresses", this::resolver),
            section.flag("nfs", otherwise.nfs()),
            nfsLimits(section, otherwise.nfsLimits()),
            smbLimits(section, otherwise.smbLimits()),
            section.flag("kerberos", otherwise.kerberos()),
            section.count("kerberos-tickets", otherwise.kerberosTickets(), 1_024, 1_048_576));
    }

    private static NfsLimits nfsLimits(final Section section, final NfsLimits otherwise) {
        return new NfsLimits(
            section.count("nfs-handles", otherwise.handles(), 1_024, 4_194_304),
            section.count("nfs-calls", otherwise.calls(), 64, 1_048_576),
            section.count("nfs-files", otherwise.files(), 64, 4_194_304));
    }

    private static SmbLimits smbLimits(final Section section, final SmbLimits otherwise) {
        return new SmbLimits(
            section.count("smb-sessions", otherwise.sessions(), 64, 1_048_576),
            section.count("smb-trees", otherwise.trees(), 64, 1_048_576),
            section.count("smb-files", otherwise.files(), 64, 4_194_304),
            section.count("smb-requests", otherwise.requests(), 64, 1_048_576));
    }

    private void resolver(final String path, final Node entry, final List<String> resolvers) {
        final String text = Section.scalarText(path, entry, mistakes);
        if (text == null) {
            return;
        }
        if (DpiConfig.isAddress(text)) {
            try {
                NetworkPrefix.parse(text);
            } catch (final IllegalArgumentException refused) {
                mistakes.add(path, Mistakes.quote(text) + " " + refused.getMessage(), entry);
            }
        } else if (text.length() > DpiConfig.LONGEST_NAME || !DpiConfig.NAME.matcher(text).matches()) {
            mistakes.add(path, Mistakes.quote(text) + " is neither an address nor a host's name, such as dns.example.com", entry);
        }
        resolvers.add(text);
    }

    private ExportConfig export(final Section section) {
        final ExportConfig otherwise = ExportConfig.DEFAULT;
        final long enterpriseNumber = section.count("enterprise-number", otherwise.enterpriseNumber(), 1, 0xFFFF_FFFFL);
        final String refusal = EnterpriseNumbers.refusal(enterpriseNumber);
        if (refusal != null) {
            section.refuse("enterprise-number", refusal);
        }
        final List<ProfileConfig> profiles = section.list("profiles", "a list of maps", new ProfileReader(mistakes, schema));
        return new ExportConfig(
            section.count("observation-domain", otherwise.observationDomain(), 0, 0xFFFF_FFFFL),
            enterpriseNumber,
            section.choice("profile", otherwise.profile(), ExportConfig.profileNames(profiles), Function.identity()),
            section.count("mtu", otherwise.mtu(), ExportConfig.LEAST_MTU, ExportConfig.MOST_MTU),
            section.duration("template-refresh", otherwise.templateRefresh(), SECOND, DAY),
            section.count("template-packets", otherwise.templatePackets(), 1, ExportConfig.MOST_TEMPLATE_PACKETS),
            section.duration("statistics-interval", otherwise.statisticsInterval(), SECOND, DAY),
            profiles);
    }

    private AlertsConfig alerts(final Section section) {
        final AlertsConfig otherwise = AlertsConfig.DEFAULT;
        return new AlertsConfig(
            section.duration("cool-down", otherwise.coolDown(), SECOND, Duration.ofDays(7)),
            section.count("most-per-minute", otherwise.mostPerMinute(), 1, 100_000),
            section.list("disabled", "a list of kinds", this::alertKind));
    }

    private void alertKind(final String path, final Node entry, final List<String> kinds) {
        final String kind = Section.scalarText(path, entry, mistakes);
        if (kind != null && !AlertsConfig.KINDS.contains(kind)) {
            mistakes.add(path, Mistakes.quote(kind) + " is no kind of alert" + Mistakes.suggestion(kind, AlertsConfig.KINDS), entry);
        } else if (kind != null) {
            kinds.add(kind);
        }
    }

    private PrometheusConfig prometheus(final Section section) {
        final PrometheusConfig otherwise = PrometheusConfig.DEFAULT;
        return new PrometheusConfig(
            section.flag("enabled", otherwise.enabled()),
            section.listen("listen", otherwise.listen()));
    }

    private HealthConfig health(final Section section) {
        final HealthConfig otherwise = HealthConfig.DEFAULT;
        return new HealthConfig(
            section.duration("check-interval", otherwise.checkInterval(), Duration.ofMillis(100), Duration.ofHours(1)),
            section.count("drops", otherwise.drops(), 1, 1_000_000_000_000L),
            section.count("spool-filling", otherwise.spoolFilling(), 1, 99),
            section.duration("certificate-expiry", otherwise.certificateExpiry(), SECOND, Duration.ofDays(365)));
    }

    private ServiceConfig service(final Section section) {
        final ServiceConfig otherwise = ServiceConfig.DEFAULT;
        return new ServiceConfig(
            section.path("runtime-directory", otherwise.runtimeDirectory()),
            section.text("user", otherwise.user(), 32));
    }

    private SpoolConfig spool(final Section section) {
        final SpoolConfig otherwise = SpoolConfig.DEFAULT;
        return new SpoolConfig(
            Optional.of(section.path("directory", "")).filter(path -> !path.isEmpty()).map(Path::of),
            section.size("size", otherwise.size(), 1L << 20, 1L << 40),
            section.size("rate", otherwise.rate(), 64L << 10, 4L << 30),
            section.duration("sync", otherwise.sync(), Duration.ZERO, Duration.ofHours(1)),
            section.size("resend-window", otherwise.resendWindow(), 0, 64L << 20));
    }

    private LogConfig log(final Section section) {
        final LogConfig otherwise = LogConfig.DEFAULT;
        return new LogConfig(
            section.choice("level", otherwise.level()),
            section.choice("format", otherwise.format()),
            section.duration("repeat-interval", otherwise.repeatInterval(), SECOND, DAY));
    }
}
