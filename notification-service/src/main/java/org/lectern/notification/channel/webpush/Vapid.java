package org.lectern.notification.channel.webpush;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.outbound.Destination;

/**
 * Identifies this service to push services (RFC 8292): a token signed by ES256 for one push service, valid for hours. A
 * key pair that does not fit together prevents the start.
 */
@ApplicationScoped
class Vapid {

    /** Half of the longest that push services accept. */
    private static final Duration VALID = Duration.ofHours(12);

    private final @Nullable ECPrivateKey key;
    private final String publicKey;
    private final String contact;

    @Inject
    Vapid(WebPushConfig config, @ConfigProperty(name = "lectern.public-url") Optional<String> publicUrl) {
        this(
                config.privateKey().filter(text -> !text.isBlank()),
                config.publicKey().filter(text -> !text.isBlank()),
                config.contact().or(() -> publicUrl).orElse(""));
    }

    Vapid(Optional<String> privateKey, Optional<String> publicKey, String contact) {
        if (privateKey.isPresent() != publicKey.isPresent()) {
            throw new IllegalArgumentException(
                    "lectern.web-push.private-key and lectern.web-push.public-key are set together or not at all");
        }
        this.contact = contact;
        this.publicKey = publicKey.orElse("");
        this.key = privateKey.map(text -> pair(text, this.publicKey)).orElse(null);
    }

    private static ECPrivateKey pair(String privateKey, String publicKey) {
        try {
            ECPrivateKey key = Curve.scalar(Subscription.decoded(privateKey));
            ECPublicKey point = Curve.point(Subscription.decoded(publicKey));
            byte[] sample = {1};
            Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
            check.initVerify(point);
            check.update(sample);
            if (check.verify(signed(sample, key))) {
                return key;
            }
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            // said below, without the key
        }
        throw new IllegalArgumentException(
                "lectern.web-push.private-key and lectern.web-push.public-key are no P-256 key pair in base64url");
    }

    private static byte[] signed(byte[] content, ECPrivateKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM lacks ES256", e);
        }
    }

    /** Whether a key is configured. */
    boolean isOn() {
        return key != null;
    }

    /** For browsers that subscribe; empty if the channel is off. */
    Optional<String> publicKey() {
        return isOn() ? Optional.of(publicKey) : Optional.empty();
    }

    /** The header {@code Authorization} for a push service. */
    String authorization(Destination to, Instant now, ObjectMapper json) {
        ECPrivateKey with = key;
        if (with == null) {
            throw new IllegalStateException("lectern.web-push.private-key is not set");
        }
        ObjectNode claims = json.createObjectNode()
                .put("aud", origin(to))
                .put("exp", now.plus(VALID).getEpochSecond());
        if (!contact.isEmpty()) {
            claims.put("sub", contact);
        }
        String head =
                json.createObjectNode().put("typ", "JWT").put("alg", "ES256").toString();
        String content = encoded(head) + "." + encoded(claims.toString());
        String token = content + "." + Subscription.encoded(signed(content.getBytes(StandardCharsets.US_ASCII), with));
        return "vapid t=" + token + ", k=" + publicKey;
    }

    private static String origin(Destination to) {
        String address = new Destination(to.tls(), to.host(), to.port(), "/").asText();
        return address.substring(0, address.length() - 1);
    }

    private static String encoded(String text) {
        return Subscription.encoded(text.getBytes(StandardCharsets.UTF_8));
    }
}
