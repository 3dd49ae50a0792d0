package org.lectern.notification.outbound;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for callable addresses. An address is checked as text on entry, which rejects ambiguous forms. It is
 * checked as an IP address at each call, which is authoritative.
 */
@ApplicationScoped
public class SsrfGuard {

    private static final int LONGEST = 2048;
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IP4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
    private static final Pattern IP6 = Pattern.compile("[0-9a-f:.]+");
    private static final List<String> OURS = List.of(
            "localhost",
            "local",
            "internal",
            "localdomain",
            "svc",
            "cluster.local",
            "home.arpa",
            "lan",
            "intranet",
            "corp",
            "home");

    private final boolean plainHttp;
    private final List<Integer> ports;
    private final List<Network> allowed;
    private final List<Network> denied;
    private final List<String> allowedHosts;

    @Inject
    SsrfGuard(OutboundHttpConfig config) {
        this(
                config.plainHttp(),
                config.ports().orElse(List.of()),
                config.allowedNetworks().orElse(List.of()),
                config.deniedNetworks().orElse(List.of()),
                config.allowedHosts().orElse(List.of()));
    }

    SsrfGuard(
            boolean plainHttp,
            List<Integer> ports,
            List<String> allowed,
            List<String> denied,
            List<String> allowedHosts) {
        this.plainHttp = plainHttp;
        this.ports = List.copyOf(ports);
        this.allowed = allowed.stream().map(Network::of).toList();
        this.denied = denied.stream().map(Network::of).toList();
        this.allowedHosts = List.copyOf(allowedHosts);
    }

    /** The destination that a text names. Empty if it is not callable or is ambiguous. */
    public Optional<Destination> parse(String text) {
        if (text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c < 0x7F) || text.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if (!tls && !(plainHttp && scheme.equals("http"))
                || uri.isOpaque()
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null
                || uri.getRawAuthority().endsWith(":")) {
            return Optional.empty();
        }
        int port = uri.getPort() == -1 ? (tls ? 443 : 80) : uri.getPort();
        String host = host(uri.getHost().toLowerCase(Locale.ROOT));
        if (host.isEmpty() || port < 1 || port > 65_535 || !ports.isEmpty() && !ports.contains(port)) {
            return Optional.empty();
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        return Optional.of(new Destination(tls, host, port, target));
    }

    /** The host in stored form; an empty text if it may not be called. */
    private String host(String written) {
        if (written.startsWith("[")) {
            String literal = written.substring(1, written.length() - 1);
            return IP6.matcher(literal).matches() && literalAllowed(literal) ? literal : "";
        }
        String name = written.endsWith(".") ? written.substring(0, written.length() - 1) : written;
        if (IP4.matcher(name).matches()) {
            return literalAllowed(name) ? name : "";
        }
        if (allowedHosts.contains(name)) {
            return name;
        }
        boolean ours = OURS.stream().anyMatch(suffix -> name.equals(suffix) || name.endsWith("." + suffix));
        return NAME.matcher(name).matches() && !ours ? name : "";
    }

    /** Literal addresses are allowed only by configuration. */
    private boolean literalAllowed(String literal) {
        try {
            byte[] address = InetAddress.getByName(literal).getAddress();
            return allowed.stream().anyMatch(network -> network.holds(address));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether that IP address may be called. */
    boolean mayDial(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (allowed.stream().anyMatch(network -> network.holds(bytes))) {
            return true;
        }
        return PublicAddresses.contain(bytes) && denied.stream().noneMatch(network -> network.holds(bytes));
    }
}
