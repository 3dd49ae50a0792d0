package org.lectern.notification.channel.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.lectern.notification.secret.Secrets;

/** Signatures of the scheme {@code v1} of Standard Webhooks 1.0.0 (https://www.standardwebhooks.com). */
final class StandardWebhooks {

    private static final String PREFIX = "whsec_";
    private static final int SECRET_BYTES = 32;

    private StandardWebhooks() {}

    /** A new secret, in the form shown to the receiver's owner. */
    static String newSecret() {
        return PREFIX + Base64.getEncoder().encodeToString(Secrets.random(SECRET_BYTES));
    }

    /**
     * The header {@code webhook-signature}: one signature per secret, the newest first. A receiver that knows any of
     * the secrets can verify it.
     *
     * @param body the exact bytes of the request
     */
    static String signatures(String id, Instant at, byte[] body, List<String> secrets) {
        byte[] head = (id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
        var signed = new ByteArrayOutputStream();
        signed.writeBytes(head);
        signed.writeBytes(body);
        return secrets.stream()
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(mac(secret, signed.toByteArray())))
                .collect(Collectors.joining(" "));
    }

    private static byte[] mac(String secret, byte[] signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(PREFIX.length())), "HmacSHA256"));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM lacks HmacSHA256", e);
        }
    }
}
