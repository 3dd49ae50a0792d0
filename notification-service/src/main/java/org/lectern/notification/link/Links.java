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
 * Creates and reads link tokens. A token contains the id of the notice, the id of its endpoint, and a signature, in
 * base64url. Nothing is stored, and every attempt of a delivery has the same link.
 */
@ApplicationScoped
public class Links {

    private static final String ACKNOWLEDGE = "acknowledge";
    private static final String OFFER = "offer";
    private static final int ID_BYTES = 32;
    private static final int TOKEN_LENGTH = 64;

    private final Secrets secrets;
    private final Optional<URI> publicUrl;

    @Inject
    Links(Secrets secrets, @ConfigProperty(name = "lectern.public-url") Optional<URI> publicUrl) {
        this.secrets = secrets;
        this.publicUrl = publicUrl;
    }

    /** The content of a link: its notice and its endpoint. */
    public record Link(UUID notice, UUID endpoint) {}

    /** The acknowledgement link of a notice. Empty when this service's public address is not configured. */
    public Optional<String> of(UUID notice, UUID endpoint) {
        return address("/a/", ACKNOWLEDGE, notice, endpoint);
    }

    /** The offer link of a notice. Empty when this service's public address is not configured. */
    public Optional<String> ofOffer(UUID notice, UUID endpoint) {
        return address("/o/", OFFER, notice, endpoint);
    }

    private Optional<String> address(String path, String purpose, UUID notice, UUID endpoint) {
        return publicUrl.map(base -> base.toString().replaceAll("/+$", "") + path + token(purpose, notice, endpoint));
    }

    private String token(String purpose, UUID notice, UUID endpoint) {
        byte[] ids = ByteBuffer.allocate(ID_BYTES)
                .putLong(notice.getMostSignificantBits())
                .putLong(notice.getLeastSignificantBits())
                .putLong(endpoint.getMostSignificantBits())
                .putLong(endpoint.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(ID_BYTES + Secrets.SIGNATURE_BYTES)
                        .put(ids)
                        .put(secrets.sign(purpose, ids))
                        .array());
    }

    /** Reads a token signed by any of the keys. Empty for every other text. */
    Optional<Link> read(String token) {
        return read(ACKNOWLEDGE, token);
    }

    /** Reads a token of an offer link. */
    public Optional<Link> readOffer(String token) {
        return read(OFFER, token);
    }

    private Optional<Link> read(String purpose, String token) {
        if (token.length() != TOKEN_LENGTH) {
            return Optional.empty();
        }
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        byte[] ids = Arrays.copyOf(all, ID_BYTES);
        if (!secrets.signed(purpose, ids, Arrays.copyOfRange(all, ID_BYTES, all.length))) {
            return Optional.empty();
        }
        ByteBuffer halves = ByteBuffer.wrap(ids);
        return Optional.of(
                new Link(new UUID(halves.getLong(), halves.getLong()), new UUID(halves.getLong(), halves.getLong())));
    }
}
