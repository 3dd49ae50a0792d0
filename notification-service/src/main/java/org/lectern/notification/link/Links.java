package org.lectern.notification.link;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.secret.Secrets;

/**
 * Makes and reads the tokens of links. A token is the id of a notice, which names branch, booking and version, and the
 * first half of its HMAC-SHA256 (RFC 2104 section 5 allows no shorter one), in base64url: whoever has the link may
 * acknowledge that one notice and nothing else. Nothing is stored, and the same notice always has the same link, so that
 * every attempt to deliver it says the same.
 */
@ApplicationScoped
public class Links {

    private static final String PURPOSE = "lectern acknowledgement link v1";
    private static final int ID_BYTES = 16;
    private static final int MAC_BYTES = 16;
    private static final int TOKEN_LENGTH = 43;

    private final @Nullable String baseUrl;
    private final List<SecretKey> keys;

    @Inject
    Links(LinkConfig config, Secrets secrets) {
        this(config.baseUrl().orElse(null), secrets.derived(PURPOSE));
    }

    Links(@Nullable String baseUrl, List<SecretKey> keys) {
        this.baseUrl = baseUrl == null || !baseUrl.endsWith("/") ? baseUrl : baseUrl.substring(0, baseUrl.length() - 1);
        this.keys = keys;
    }

    /** The address by which that notice is acknowledged; none if nobody said where we are, or we have no key. */
    public Optional<String> of(UUID notice) {
        return baseUrl == null || keys.isEmpty() ? Optional.empty() : Optional.of(baseUrl + "/a/" + token(notice));
    }

    private String token(UUID notice) {
        byte[] id = bytes(notice);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(ID_BYTES + MAC_BYTES)
                        .put(id)
                        .put(mac(keys.getFirst(), id))
                        .array());
    }

    /** The notice of a token that was made here, under any of the keys; nothing for every other text. */
    Optional<UUID> notice(String token) {
        if (token.length() != TOKEN_LENGTH) {
            return Optional.empty();
        }
        byte[] both;
        try {
            both = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // the last character holds two bits of nothing: one token, one spelling
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(both).equals(token)) {
            return Optional.empty();
        }
        byte[] id = Arrays.copyOf(both, ID_BYTES);
        byte[] given = Arrays.copyOfRange(both, ID_BYTES, both.length);
        boolean genuine = false;
        for (SecretKey key : keys) {
            genuine |= MessageDigest.isEqual(mac(key, id), given);
        }
        ByteBuffer halves = ByteBuffer.wrap(id);
        return genuine ? Optional.of(new UUID(halves.getLong(), halves.getLong())) : Optional.empty();
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(ID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static byte[] mac(SecretKey key, byte[] id) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(id), MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM lacks HmacSHA256", e);
        }
    }
}
