package org.lectern.local;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.TokenRequest;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.MockWebServerWrapper;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/**
 * The development identity provider. A client-credentials request with the client id {@code organizer},
 * {@code operator}, {@code auditor}, {@code branch:CODE[,CODE]} or {@code lecturer:CODE} gets an access token of that
 * role, without a secret.
 * A browser gets a page ({@code login.html}) with the people of the demonstration, and tokens of the chosen person.
 * The parameters {@code audience}, {@code typ} and {@code subject} replace the defaults, so that tests can request
 * invalid tokens.
 */
public final class Identity implements AutoCloseable {

    static final String ISSUER = "lectern";
    private static final String AUDIENCE = "lectern";

    private final MockOAuth2Server server;

    public Identity(int port) {
        server = new MockOAuth2Server(new OAuth2Config(
                true,
                loginPage().toString(),
                null,
                true,
                new OAuth2TokenProvider(),
                Set.of(new Roles()),
                new MockWebServerWrapper()));
        server.start(InetAddress.getLoopbackAddress(), port);
    }

    public String issuerUrl() {
        return server.issuerUrl(ISSUER).toString();
    }

    /** The page lies beside the classes; the server reads it at every login. */
    private static Path loginPage() {
        try {
            return Path.of(Objects.requireNonNull(Identity.class.getResource("/login.html"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.shutdown();
    }

    /** The claims of each development client's token. */
    private static final class Roles implements OAuth2TokenCallback {

        private static final Set<GrantType> LOGIN = Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN);

        @Override
        public String issuerId() {
            return ISSUER;
        }

        @Override
        public String subject(TokenRequest request) {
            return parameter(request, "subject", clientId(request));
        }

        @Override
        public String typeHeader(TokenRequest request) {
            return parameter(request, "typ", "at+jwt");
        }

        @Override
        public List<String> audience(TokenRequest request) {
            return List.of(parameter(request, "audience", AUDIENCE));
        }

        @Override
        public Map<String, Object> addClaims(TokenRequest request) {
            if (LOGIN.contains(request.getAuthorizationGrant().getType())) {
                return Map.of(); // the page names the claims
            }
            String client = clientId(request);
            if (client.startsWith("branch:")) {
                List<String> codes = new ArrayList<>(
                        List.of(client.substring("branch:".length()).split(",")));
                return Map.of("roles", List.of("branch"), "branches", codes);
            }
            if (client.startsWith("lecturer:")) {
                return Map.of("roles", List.of("lecturer"), "lecturer", client.substring("lecturer:".length()));
            }
            return Map.of("roles", List.of(client));
        }

        @Override
        public long tokenExpiry() {
            return 12 * 60 * 60;
        }

        private static String clientId(TokenRequest request) {
            var authentication = request.getClientAuthentication();
            return authentication != null
                    ? authentication.getClientID().getValue()
                    : request.getClientID().getValue();
        }

        private static String parameter(TokenRequest request, String name, String otherwise) {
            List<String> values = request.getCustomParameters().get(name);
            return values == null || values.isEmpty() ? otherwise : values.getFirst();
        }
    }
}
