package org.lectern.notification.inbound;

import java.util.Optional;

/**
 * Base32 in lower case without padding (RFC 4648 section 6), because mail servers may change the case of an address.
 */
final class Base32 {

    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] content) {
        var text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte each : content) {
            buffer = buffer << Byte.SIZE | each & 0xff;
            bits += Byte.SIZE;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(DIGITS.charAt(buffer >> bits & 31));
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(DIGITS.charAt(buffer << BITS - bits & 31));
        }
        return text.toString();
    }

    /** Decodes text in lower case. Empty for text that {@link #encode} does not produce. */
    static Optional<byte[]> decode(String text) {
        byte[] content = new byte[text.length() * BITS / Byte.SIZE];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            buffer = buffer << BITS | digit;
            bits += BITS;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                content[at++] = (byte) (buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }
        return encode(content).equals(text) ? Optional.of(content) : Optional.empty();
    }
}
