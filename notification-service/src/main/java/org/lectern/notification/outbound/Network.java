package org.lectern.notification.outbound;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** A range of addresses as CIDR (RFC 4632, RFC 4291 section 2.3). */
record Network(byte[] prefix, int bits) {

    /** @throws IllegalArgumentException unless it is a literal address, a slash and a valid length */
    static Network of(String cidr) {
        int slash = cidr.indexOf('/');
        try {
            // literals only, because a name would cause a DNS look-up here
            String literal = cidr.substring(0, slash);
            if (!literal.matches("[0-9.]+|[0-9a-fA-F:]+")) {
                throw new IllegalArgumentException(cidr);
            }
            byte[] prefix = InetAddress.getByName(literal).getAddress();
            int bits = Integer.parseInt(cidr.substring(slash + 1));
            if (bits < 0 || bits > prefix.length * 8) {
                throw new IllegalArgumentException(cidr);
            }
            return new Network(prefix, bits);
        } catch (UnknownHostException | IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("Not a network: " + cidr, e);
        }
    }

    boolean holds(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int rest = address.length * 8 - bits;
        return new BigInteger(1, address).shiftRight(rest).equals(new BigInteger(1, prefix).shiftRight(rest));
    }
}
