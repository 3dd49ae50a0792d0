package org.lectern.notification.directory;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One mailbox as {@code local@domain}. The local part is a dot-atom (RFC 5322 section 3.4.1, no quoting, comments or
 * display name). The domain has at least two labels and may be internationalised (RFC 5890). Rejects everything that
 * could end a header line or begin a second address.
 */
public record EmailAddress(String local, String domain) {

    private static final int MAX_LOCAL = 64;
    private static final int MAX_ADDRESS = 254;
    private static final Pattern DOT_ATOM =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern HOST =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /**
     * Characters that IDNA 2003, as in the JDK, and IDNA 2008 map to different names: mail would go to another domain.
     */
    private static final Pattern AMBIGUOUS = Pattern.compile("[\u00DF\u03C2\u200C\u200D]");

    /** The mailbox that a text names. Empty if it names none or more than one. */
    public static Optional<EmailAddress> parse(String text) {
        int at = text.indexOf('@');
        if (text.length() > MAX_ADDRESS || at < 1 || at != text.lastIndexOf('@')) {
            return Optional.empty();
        }
        String local = text.substring(0, at);
        String domain = text.substring(at + 1).toLowerCase(Locale.ROOT);
        if (local.length() > MAX_LOCAL || !DOT_ATOM.matcher(local).matches()) {
            return Optional.empty();
        }
        if (AMBIGUOUS.matcher(domain).find()) {
            return Optional.empty();
        }
        String ascii;
        try {
            ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (!HOST.matcher(ascii).matches() || local.length() + 1 + ascii.length() > MAX_ADDRESS) {
            return Optional.empty();
        }
        return Optional.of(new EmailAddress(local, ascii));
    }

    /** The form for storage and sending: ASCII, with the domain in lower case. */
    public String asText() {
        return local + "@" + domain;
    }

    /** The SHA-256 hash of an address in lower case, to recognise it where the address itself must not be stored. */
    public static byte[] fingerprint(String address) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(address.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Enough to recognise it, but not enough to write to it. */
    public static String masked(String address) {
        int at = address.indexOf('@');
        return at < 1 ? "***" : address.substring(0, 1) + "***" + address.substring(at);
    }

    /** Masked, to keep addresses out of logs. */
    @Override
    public String toString() {
        return masked(asText());
    }
}
