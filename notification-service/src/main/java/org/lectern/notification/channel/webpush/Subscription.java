package org.lectern.notification.channel.webpush;

import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.Optional;
import org.lectern.notification.outbound.Destination;

/**
 * The subscription of a browser (W3C Push API): where to send, and how to encrypt. The address is a credential, so it is
 * stored encrypted; a fingerprint replaces it in the plain form.
 *
 * @param keys its keys {@code p256dh} and {@code auth} as the browser names them, joined by a point
 */
record Subscription(String url, String keys, ECPublicKey key, byte[] auth) {

    private static final int AUTH_BYTES = 16;
    private static final int LONGEST_KEYS = 200;

    /** Empty if the keys are not those of a subscription. */
    static Optional<Subscription> of(String url, String keys) {
        String[] parts = keys.split("\\.", -1);
        if (keys.length() > LONGEST_KEYS || parts.length != 2) {
            return Optional.empty();
        }
        try {
            byte[] auth = decoded(parts[1]);
            return auth.length == AUTH_BYTES
                    ? Optional.of(new Subscription(url, keys, Curve.point(decoded(parts[0])), auth))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static byte[] decoded(String text) {
        return Base64.getUrlDecoder()
                .decode(text.replace('+', '-').replace('/', '_').replaceAll("=+$", ""));
    }

    static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The displayed form: the push service and a fingerprint. */
    String shown() {
        return Destination.masked(url) + Destination.fingerprint(url);
    }

    /** The stored form. */
    String kept() {
        return url + "\n" + keys;
    }

    static Subscription ofKept(String kept) {
        int end = kept.indexOf('\n');
        return of(kept.substring(0, end), kept.substring(end + 1)).orElseThrow();
    }

    /** Omits address and keys. */
    @Override
    public String toString() {
        return "subscription";
    }
}
