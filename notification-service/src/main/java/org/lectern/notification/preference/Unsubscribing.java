package org.lectern.notification.preference;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.NotFound;
import org.lectern.notification.directory.EndpointSwitch;
import org.lectern.notification.secret.Secrets;

/**
 * Lets readers end digests without a login, by a link that only this service can create for that endpoint and address.
 * After that, the endpoint receives only urgent notices and changes of what it already received. Enabling the endpoint
 * again resumes digests.
 */
@ApplicationScoped
public class Unsubscribing {

    private static final String PURPOSE = "unsubscribe";
    private static final int ID_OCTETS = 16;

    private final Secrets secrets;
    private final Optional<URI> publicUrl;
    private final Sql sql;
    private final EndpointSwitch endpoints;

    @Inject
    Unsubscribing(
            Secrets secrets,
            @ConfigProperty(name = "lectern.public-url") Optional<URI> publicUrl,
            Sql sql,
            EndpointSwitch endpoints) {
        this.secrets = secrets;
        this.publicUrl = publicUrl;
        this.sql = sql;
        this.endpoints = endpoints;
    }

    /** The page that ends digests to that address. Empty when this service's public address is not configured. */
    public Optional<URI> link(UUID endpoint, String address) {
        return publicUrl.map(
                base -> URI.create(base.toString().replaceAll("/+$", "") + "/u/" + token(endpoint, address)));
    }

    private String token(UUID endpoint, String address) {
        byte[] id = ByteBuffer.allocate(ID_OCTETS)
                .putLong(endpoint.getMostSignificantBits())
                .putLong(endpoint.getLeastSignificantBits())
                .array();
        byte[] signature = secrets.sign(PURPOSE, signed(endpoint, address));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(id.length + signature.length)
                        .put(id)
                        .put(signature)
                        .array());
    }

    /**
     * Demands a token of this service for an endpoint that still has its address.
     *
     * @throws NotFound otherwise
     */
    UUID demandGenuine(String token) {
        byte[] octets;
        try {
            octets = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw new NotFound();
        }
        if (octets.length <= ID_OCTETS) {
            throw new NotFound();
        }
        ByteBuffer id = ByteBuffer.wrap(octets);
        UUID endpoint = new UUID(id.getLong(), id.getLong());
        byte[] signature = Arrays.copyOfRange(octets, ID_OCTETS, octets.length);
        boolean genuine = sql.one(
                        "SELECT address FROM endpoint WHERE id = ? AND removed_at IS NULL",
                        row -> row.text("address"),
                        endpoint)
                .map(address -> secrets.signed(PURPOSE, signed(endpoint, address), signature))
                .orElse(false);
        if (!genuine) {
            throw new NotFound();
        }
        return endpoint;
    }

    /** Ends the digests; a repeat changes nothing. */
    void unsubscribe(String token) {
        Transactions.inNew(() -> {
            endpoints.unsubscribed(demandGenuine(token));
            return token;
        });
    }

    private static byte[] signed(UUID endpoint, String address) {
        return (endpoint + " " + address).getBytes(StandardCharsets.UTF_8);
    }
}
