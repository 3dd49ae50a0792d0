package org.lectern.notification.outbound;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Public addresses, by the IANA special-purpose registries (RFC 6890) and the service addresses of cloud providers. An
 * address not known to be public counts as not public.
 */
final class PublicAddresses {

    private static final List<Network> NOT_PUBLIC_4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // Azure's platform services, on an address that looks public
            "168.63.129.16/32");

    /** Only global unicast IPv6 is public, except reserved ranges and addresses that embed an IPv4 address. */
    private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

    private static final List<Network> NOT_PUBLIC_6 =
            networks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private PublicAddresses() {}

    static boolean contain(byte[] address) {
        return switch (address.length) {
            case 4 -> NOT_PUBLIC_4.stream().noneMatch(network -> network.holds(address));
            case 16 ->
                Arrays.equals(address, 0, 12, MAPPED, 0, 12)
                        ? contain(Arrays.copyOfRange(address, 12, 16))
                        : GLOBAL_UNICAST.holds(address)
                                && NOT_PUBLIC_6.stream().noneMatch(network -> network.holds(address));
            default -> false;
        };
    }

    private static List<Network> networks(String... all) {
        return Stream.of(all).map(Network::of).toList();
    }
}
