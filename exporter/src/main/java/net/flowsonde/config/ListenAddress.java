package net.flowsonde.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address and a port of this machine to listen on: {@code 127.0.0.1:9469}, {@code [::1]:9469}. Never a name, whose meaning could change
 * behind the operator's back.
 */
public record ListenAddress(InetAddress address, int port) {
    private static final Pattern FORM = Pattern.compile("(?:([0-9.]{7,15})|\\[([0-9A-Fa-f:.]{2,45})\\]):([0-9]{1,5})");

    /** @throws IllegalArgumentException with what is wrong, to be read after the text itself */
    public static ListenAddress parse(final String text) {
        final Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw notAddress(null);
        }
        final int port = Integer.parseInt(matcher.group(3));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("has a port outside of 1 to 65535");
        }
        try {
            return new ListenAddress(InetAddress.getByName(matcher.group(1) == null ? matcher.group(2) : matcher.group(1)), port);
        } catch (final UnknownHostException wrong) {
            throw notAddress(wrong);
        }
    }

    private static IllegalArgumentException notAddress(final UnknownHostException cause) {
        return new IllegalArgumentException("is not an address and a port, such as 127.0.0.1:9469 or [::1]:9469", cause);
    }

    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(address, port);
    }

    @Override
    public String toString() {
        final String text = address.getHostAddress();
        return (text.contains(":") ? "[" + text + "]" : text) + ":" + port;
    }
}
