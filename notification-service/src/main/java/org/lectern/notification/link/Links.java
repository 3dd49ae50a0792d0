package org.lectern.notification.link;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lectern.notification.secret.Secrets;

/**
 * Makes and reads the tokens of links. A token is the id of a notice, which names branch, booking and version, and its
 * signature, in base64url: whoever has the link may acknowledge that one notice and nothing else. Nothing is stored, and
 * the same notice always has the same link, so that every attempt to deliver it says the same.
 */
@ApplicationScoped
public class Links {

    private static final String PURPOSE = "acknowledge";
    private static final int ID_BYTES = 16;
    private static final int TOKEN_LENGTH = 43;

    private final Secrets secrets;
    private final Optional<URI> publicUrl;

    @Inject
    Links(Secrets secrets, @ConfigProperty(name = "lectern.public-url") Optional<URI> publicUrl) {
        this.secrets = secrets;
        this.publicUrl = publicUrl;
    }

    /** The address by which that notice is acknowledged; none when nobody has said where this service is reached. */
    public Optional<String> of(UUID notice) {
        return publicUrl.map(base -> base.toString().replaceAll("/+$", "") + "/a/" + token(notice));
    }

    private String token(UUID notice) {
        byte[] id = bytes(notice);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(ID_BYTES + Secrets.SIGNATURE_BYTES)
                        .put(id)
                        .put(secrets.sign(PURPOSE, id))
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
        if (!secrets.signed(PURPOSE, id, Arrays.copyOfRange(both, ID_BYTES, both.length))) {
            return Optional.empty();
        }
        ByteBuffer halves = ByteBuffer.wrap(id);
        return Optional.of(new UUID(halves.getLong(), halves.getLong()));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(ID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
