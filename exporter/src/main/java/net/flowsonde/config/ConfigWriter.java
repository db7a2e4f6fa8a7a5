package net.flowsonde.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Prints a configuration, defaults included, as a file that reads back to the same. */
public final class ConfigWriter {
    private final StringBuilder yaml = new StringBuilder();

    private ConfigWriter() {
    }

    public static String write(final FlowsondeConfig config) {
        return new ConfigWriter().whole(config);
    }

    private String whole(final FlowsondeConfig config) {
        capture(config.capture());
        flow(config.flow());
        tcp(config.tcp());
        dpi(config.dpi());
        dns(config.dns());
        files(config.files());
        export(config.export());
        collectors(config.collectors());
        spool(config.spool());
        alerts(config.alerts());
        health(config.health());
        snmp(config.snmp());
        line("prometheus:");
        entry("enabled", config.prometheus().enabled());
        entry("listen", quoted(config.prometheus().listen().toString()));
        line("service:");
        entry("runtime-directory", quoted(config.service().runtimeDirectory()));
        entry("user", quoted(config.service().user()));
        line("log:");
        entry("level", config.log().level().name().toLowerCase(Locale.ROOT));
        entry("format", config.log().format().name().toLowerCase(Locale.ROOT));
        entry("repeat-interval", Quantity.format(config.log().repeatInterval()));
        return yaml.toString();
    }

    private void capture(final CaptureConfig capture) {
        line("capture:");
        list("  ", "interfaces", capture.interfaces());
        entry("backend", capture.backend().name().toLowerCase(Locale.ROOT));
        entry("queues", Quantity.formatCount(capture.queues()));
        entry("filter", quoted(capture.filter()));
        entry("snap-length", Quantity.formatCount(capture.snapLength()));
        entry("buffer-size", Quantity.formatSize(capture.bufferSize()));
        entry("promiscuous", capture.promiscuous());
        entry("exclude-own", capture.excludeOwn());
    }

    private void flow(final FlowConfig flow) {
        line("flow:");
        entry("cache-size", Quantity.formatCount(flow.cacheSize()));
        timeouts("tcp", flow.tcp());
        timeouts("udp", flow.udp());
        timeouts("icmp", flow.icmp());
        timeouts("other", flow.other());
        entry("tcp-memory", Quantity.format(flow.tcpMemory()));
        entry("key-vlan", flow.keyVlan());
        entry("key-tunnel", flow.keyTunnel());
        entry("nesting-limit", Quantity.formatCount(flow.nestingLimit()));
        entry("fragment-table", Quantity.formatCount(flow.fragmentTable()));
    }

    private void timeouts(final String protocol, final FlowConfig.Timeouts timeouts) {
        line("  " + protocol + ":");
        line("    active-timeout: " + Quantity.format(timeouts.active()));
        line("    idle-timeout: " + Quantity.format(timeouts.idle()));
    }

    private void tcp(final TcpConfig tcp) {
        line("tcp:");
        entry("idle", Quantity.format(tcp.idle()));
        entry("zero-window", Quantity.format(tcp.zeroWindow()));
        entry("retransmissions", Quantity.formatCount(tcp.retransmissions()));
        entry("half-open", Quantity.format(tcp.halfOpen()));
        entry("linger", Quantity.format(tcp.linger()));
        entry("closing-octets", Quantity.formatCount(tcp.closingOctets()));
    }

    private void dpi(final DpiConfig dpi) {
        line("dpi:");
        entry("flows", Quantity.formatCount(dpi.flows()));
        entry("reassembly-memory", Quantity.formatSize(dpi.reassemblyMemory()));
        entry("smb", dpi.smb());
        entry("dns", dpi.dns());
        entry("dns-timeout", Quantity.format(dpi.dnsTimeout()));
        entry("dns-pending", Quantity.formatCount(dpi.dnsPending()));
        list("  ", "encrypted-resolvers", dpi.encryptedResolvers());
        entry("nfs", dpi.nfs());
        entry("nfs-handles", Quantity.formatCount(dpi.nfsLimits().handles()));
        entry("nfs-calls", Quantity.formatCount(dpi.nfsLimits().calls()));
        entry("nfs-files", Quantity.formatCount(dpi.nfsLimits().files()));
        entry("smb-sessions", Quantity.formatCount(dpi.smbLimits().sessions()));
        entry("smb-trees", Quantity.formatCount(dpi.smbLimits().trees()));
        entry("smb-files", Quantity.formatCount(dpi.smbLimits().files()));
        entry("smb-requests", Quantity.formatCount(dpi.smbLimits().requests()));
        entry("kerberos", dpi.kerberos());
        entry("kerberos-tickets", Quantity.formatCount(dpi.kerberosTickets()));
    }

    private void dns(final DnsConfig dns) {
        line("dns:");
        list("  ", "allowed-servers", dns.allowedServers().stream().map(NetworkPrefix::text).toList());
        list("  ", "internal-domains", dns.internalDomains());
        list("  ", "tunnel-exempt", dns.tunnelExempt());
        entry("names-limit", Quantity.formatCount(dns.namesLimit()));
        entry("names-per-client", Quantity.formatCount(dns.namesPerClient()));
        entry("stale-names", Quantity.format(dns.staleNames()));
        entry("not-dns-octets", Quantity.formatCount(dns.notDnsOctets()));
        entry("trailing-octets", Quantity.formatCount(dns.trailingOctets()));
        entry("nxdomain-names", Quantity.formatCount(dns.nxdomainNames()));
        entry("spoofed-names", Quantity.formatCount(dns.spoofedNames()));
        entry("tunnel-score", Quantity.formatCount(dns.tunnelScore()));
    }

    private void files(final FilesConfig files) {
        line("files:");
        entry("records-per-minute", Quantity.formatCount(files.recordsPerMinute()));
        entry("actors", Quantity.formatCount(files.actors()));
        entry("user-inference", Quantity.format(files.userInference()));
        entry("user-numbers-file", quoted(files.userNumbersFile().map(Path::toString).orElse("")));
        entry("mask-key-file", quoted(files.maskKeyFile().map(Path::toString).orElse("")));
        list("  ", "unmasked", files.unmasked());
        list("  ", "canaries", files.canaries());
        entry("overwrites", Quantity.formatCount(files.overwrites()));
        entry("replacements", Quantity.formatCount(files.replacements()));
        entry("renames", Quantity.formatCount(files.renames()));
        entry("new-extensions", Quantity.formatCount(files.newExtensions()));
        entry("same-file", Quantity.formatCount(files.sameFile()));
        entry("walk", Quantity.formatCount(files.walk()));
        entry("destructions", Quantity.formatCount(files.destructions()));
        entry("denials", Quantity.formatCount(files.denials()));
        entry("score", Quantity.formatCount(files.score()));
    }

    private void export(final ExportConfig export) {
        line("export:");
        entry("observation-domain", Quantity.formatCount(export.observationDomain()));
        entry("enterprise-number", export.enterpriseNumber());
        entry("profile", export.profile());
        entry("mtu", Quantity.formatCount(export.mtu()));
        entry("template-refresh", Quantity.format(export.templateRefresh()));
        entry("template-packets", Quantity.formatCount(export.templatePackets()));
        entry("statistics-interval", Quantity.format(export.statisticsInterval()));
        line("  profiles:" + (export.profiles().isEmpty() ? " []" : ""));
        export.profiles().forEach(this::profile);
    }

    private void profile(final ProfileConfig profile) {
        line("    - name: " + profile.name());
        line("      base: " + profile.base());
        line("      flows: " + profile.flows().name().toLowerCase(Locale.ROOT));
        for (final ProfileConfig.Kind kind : ProfileConfig.Kind.values()) {
            list("      ", kind.name().toLowerCase(Locale.ROOT), profile.changes().stream().filter(change -> change.kind() == kind)
                .map(ProfileConfig.Change::text).toList());
        }
    }

    private void alerts(final AlertsConfig alerts) {
        line("alerts:");
        entry("cool-down", Quantity.format(alerts.coolDown()));
        entry("most-per-minute", Quantity.formatCount(alerts.mostPerMinute()));
        list("  ", "disabled", alerts.disabled());
    }

    private void collectors(final List<CollectorConfig> collectors) {
        line("collectors:" + (collectors.isEmpty() ? " []" : ""));
        Optional<CollectorGroup> group = Optional.empty();
        for (final CollectorConfig collector : collectors) {
            if (collector.group().isPresent() && !collector.group().equals(group)) {
                line("  - " + collector.group().get().mode().name().toLowerCase(Locale.ROOT) + ":");
            }
            group = collector.group();
            collector(collector, group.isPresent() ? "      " : "  ");
        }
    }

    private void collector(final CollectorConfig collector, final String indent) {
        final boolean hasMore = !collector.overrides().equals(ExportOverrides.NONE) || !collector.tls().equals(TlsConfig.DEFAULT);
        line(indent + "- " + (hasMore ? "uri: " : "") + quoted(collector.uri().toString()));
        overrides(collector.overrides(), indent);
        if (!collector.tls().equals(TlsConfig.DEFAULT)) {
            line(indent + "  tls:");
            tls(collector.tls(), indent + "  ");
        }
    }

    private void tls(final TlsConfig tls, final String indent) {
        entry(indent + "certificate", quoted(tls.certificate()));
        entry(indent + "key", quoted(tls.key()));
        entry(indent + "key-password-file", quoted(tls.keyPasswordFile()));
        entry(indent + "key-password-environment", quoted(tls.keyPasswordEnvironment()));
        entry(indent + "trusted-certificates", quoted(tls.trustedCertificates()));
        entry(indent + "minimum-version", CollectorReader.name(tls.minimumVersion()));
        entry(indent + "server-name", quoted(tls.serverName()));
    }

    private void spool(final SpoolConfig spool) {
        line("spool:");
        entry("directory", quoted(spool.directory().map(Path::toString).orElse("")));
        entry("size", Quantity.formatSize(spool.size()));
        entry("rate", Quantity.formatSize(spool.rate()));
        entry("sync", Quantity.format(spool.sync()));
        entry("resend-window", Quantity.formatSize(spool.resendWindow()));
    }

    private void overrides(final ExportOverrides overrides, final String indent) {
        overrides.profile().ifPresent(profile -> entry(indent + "profile", profile));
        overrides.mtu().ifPresent(mtu -> entry(indent + "mtu", Quantity.formatCount(mtu)));
        overrides.templateRefresh().ifPresent(refresh -> entry(indent + "template-refresh", Quantity.format(refresh)));
        overrides.templatePackets().ifPresent(packets -> entry(indent + "template-packets", Quantity.formatCount(packets)));
        overrides.statisticsInterval().ifPresent(interval -> entry(indent + "statistics-interval", Quantity.format(interval)));
    }

    private void health(final HealthConfig health) {
        line("health:");
        entry("check-interval", Quantity.format(health.checkInterval()));
        entry("drops", Quantity.formatCount(health.drops()));
        entry("spool-filling", health.spoolFilling());
        entry("certificate-expiry", Quantity.format(health.certificateExpiry()));
    }

    private void snmp(final SnmpConfig snmp) {
        line("snmp:");
        entry("enabled", snmp.isEnabled());
        entry("listen", quoted(snmp.listen().toString()));
        entry("state-directory", quoted(snmp.stateDirectory().toString()));
        entry("contact", quoted(snmp.contact()));
        entry("location", quoted(snmp.location()));
        maps("users", snmp.users(), this::user);
        maps("communities", snmp.communities(), this::community);
        maps("targets", snmp.targets(), this::target);
    }

    private void user(final SnmpConfig.User user) {
        member("name", quoted(user.name()));
        member("level", spelled(user.level()));
        member("auth", spelled(user.authentication()));
        member("priv", spelled(user.privacy()));
        secret("auth-key", user.authenticationKey());
        secret("priv-key", user.privacyKey());
        view(user.view());
    }

    private void community(final SnmpConfig.Community community) {
        member("version", spelled(community.version()));
        secret("community", community.community());
        view(community.view());
    }

    private void target(final SnmpConfig.Target target) {
        final String host = target.host().contains(":") ? "[" + target.host() + "]" : target.host();
        member("address", quoted(host + ":" + target.port()));
        member("type", spelled(target.type()));
        member("user", quoted(target.user()));
        secret("community", target.community());
        member("timeout", Quantity.format(target.timeout()));
        member("retries", target.retries());
    }

    private void view(final List<String> subtrees) {
        member("view", subtrees.stream().map(ConfigWriter::quoted).collect(Collectors.joining(", ", "[", "]")));
    }

    private void secret(final String key, final Secret secret) {
        if (secret != null) {
            member(key + "-" + spelled(secret.kind()), quoted(secret.place()));
        }
    }

    /** A list of maps: the first member of each stands behind its dash. */
    private <T> void maps(final String key, final List<T> entries, final Consumer<T> writer) {
        line("  " + key + (entries.isEmpty() ? ": []" : ":"));
        for (final T entry : entries) {
            final int start = yaml.length();
            writer.accept(entry);
            yaml.setCharAt(start + "    ".length(), '-');
        }
    }

    private void member(final String key, final Object value) {
        line("      " + key + ": " + value);
    }

    private static String spelled(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void list(final String indent, final String key, final List<String> entries) {
        line(indent + key + (entries.isEmpty() ? ": []" : ":"));
        entries.forEach(entry -> line(indent + "  - " + quoted(entry)));
    }

    private void entry(final String key, final Object value) {
        line("  " + key + ": " + value);
    }

    private void line(final String text) {
        yaml.append(text).append('\n');
    }

    /** In double quotes, with what YAML would read otherwise escaped. */
    private static String quoted(final String text) {
        final StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (character < 0x20 || character > 0x7E) {
                quoted.append(String.format("\\u%04x", character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}
