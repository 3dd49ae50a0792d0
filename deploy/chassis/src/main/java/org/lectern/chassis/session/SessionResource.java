package org.lectern.chassis.session;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.Tenant;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.quarkus.security.Authenticated;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Forbidden;

/**
 * The login of a browser. {@code GET /session/login} logs in by the authorization code flow and sets the token cookie.
 * {@code GET /session} renews the cookie and names the person; it answers 499 when the login is over.
 */
@Path(SessionPaths.ROOT)
@Tenant(SessionPaths.TENANT)
@EndpointDisabled(name = "lectern.session.enabled", stringValue = "false", disableIfMissing = true)
public class SessionResource {

    private static final String NO_STORE = "no-store";

    private final SecurityIdentity identity;
    private final CurrentIdentityAssociation identities;
    private final TokenCookie cookie;
    private final SessionConfig config;
    private final Clock clock;
    private final List<String> scopes;

    @Inject
    SessionResource(
            SecurityIdentity identity,
            CurrentIdentityAssociation identities,
            TokenCookie cookie,
            SessionConfig config,
            Clock clock,
            @ConfigProperty(name = "lectern.security.scope-claims") List<String> scopes) {
        this.identity = identity;
        this.identities = identities;
        this.cookie = cookie;
        this.config = config;
        this.clock = clock;
        this.scopes = scopes;
    }

    /**
     * The person at the browser, from the access token.
     *
     * @param scopes the names listed by each claim that restricts the person
     */
    public record Session(
            String subject, String name, List<String> roles, Map<String, List<String>> scopes, Instant expiresAt) {}

    /** The address that ends the login at the identity provider. */
    public record End(String location) {}

    @GET
    @Path("/login")
    @Authenticated
    @Operation(hidden = true)
    public Response login(@Context RoutingContext exchange) {
        String token = accessToken();
        if (token.length() <= TokenCookie.LARGEST_TOKEN) { // the page reports an oversized token
            keep(exchange, token);
        }
        return Response.seeOther(URI.create(config.home()))
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .build();
    }

    @GET
    @Authenticated
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Response current(@Context RoutingContext exchange) {
        requireOurPage(exchange);
        String token = accessToken();
        if (token.length() > TokenCookie.LARGEST_TOKEN) {
            throw new TokenTooLarge();
        }
        Session session = session(claims(token));
        if (!session.expiresAt().isAfter(clock.instant())) {
            return Response.status(499).build();
        }
        keep(exchange, token);
        return Response.ok(session).header(HttpHeaders.CACHE_CONTROL, NO_STORE).build();
    }

    /** Removes every trace in this browser; the page then goes to the address that ends the provider's login. */
    @POST
    @Path("/logout")
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Response logout(@Context RoutingContext exchange) {
        requireOurPage(exchange);
        List<String> names = exchange.request().cookies().stream()
                .map(Cookie::getName)
                .distinct()
                .toList();
        String end = identities
                .getDeferredIdentity()
                .map(known -> endAddress(known, exchange))
                .onFailure()
                .recoverWithItem(config.home())
                .await()
                .indefinitely();
        names.stream()
                .filter(name -> name.startsWith("q_"))
                .forEach(name -> exchange.response()
                        .addCookie(Cookie.cookie(name, "")
                                .setPath(SessionPaths.ROOT)
                                .setHttpOnly(true)
                                .setSecure(config.secure())
                                .setMaxAge(0)));
        exchange.response().addCookie(cookie.removed());
        return Response.ok(new End(end))
                .header("Clear-Site-Data", "\"storage\"")
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .build();
    }

    /** Begins a login; tells a script, by 499, that there is none. */
    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Uni<Response> challenge(Exception failure, RoutingContext exchange) {
        HttpAuthenticator authenticator = Objects.requireNonNull(exchange.get(HttpAuthenticator.class.getName()));
        return authenticator.getChallenge(exchange).map(challenge -> {
            Response.ResponseBuilder response =
                    Response.status(challenge.status).header(HttpHeaders.CACHE_CONTROL, NO_STORE);
            challenge.getHeaders().forEach((name, value) -> response.header(name.toString(), value));
            return response.build();
        });
    }

    /** The provider's answer could not be used, for instance because the login took too long: the page says so. */
    @ServerExceptionMapper(AuthenticationCompletionException.class)
    public Response failed(Exception failure) {
        return Response.seeOther(URI.create(config.home() + "?error=sign-in"))
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .build();
    }

    private static void requireOurPage(RoutingContext exchange) {
        if (!Door.isFromOurPage(exchange.request().headers())) {
            throw new Forbidden();
        }
    }

    private void keep(RoutingContext exchange, String token) {
        Duration life = Duration.between(clock.instant(), session(claims(token)).expiresAt());
        exchange.response().addCookie(cookie.of(token, life.isNegative() ? Duration.ZERO : life));
    }

    private String accessToken() {
        return identity.getCredential(AccessTokenCredential.class).getToken();
    }

    /** The token came from the provider itself, so its signature is not checked again; the API checks it. */
    private static JsonObject claims(String token) {
        String[] parts = token.split("\\.", -1);
        return parts.length == 3
                ? new JsonObject(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                : new JsonObject();
    }

    private Session session(JsonObject claims) {
        String subject = claims.getString("sub", "");
        return new Session(
                subject,
                claims.getString("name", claims.getString("preferred_username", subject)),
                names(claims.getJsonArray("roles")),
                scopes.stream().collect(Collectors.toMap(claim -> claim, claim -> names(claims.getJsonArray(claim)))),
                Instant.ofEpochSecond(claims.getLong("exp", 0L)));
    }

    private static List<String> names(@Nullable JsonArray names) {
        return names == null ? List.of() : names.stream().map(String::valueOf).toList();
    }

    /** RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0). */
    private String endAddress(SecurityIdentity known, RoutingContext exchange) {
        IdTokenCredential idToken = known.getCredential(IdTokenCredential.class);
        OidcConfigurationMetadata provider = known.getAttribute(OidcUtils.CONFIG_METADATA_ATTRIBUTE);
        if (idToken == null || provider == null || provider.getEndSessionUri() == null) {
            return config.home();
        }
        String back =
                (config.secure() ? "https://" : "http://") + exchange.request().authority() + config.home();
        return provider.getEndSessionUri() + "?client_id=" + encoded(config.clientId()) + "&id_token_hint="
                + encoded(idToken.getToken()) + "&post_logout_redirect_uri=" + encoded(back);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
