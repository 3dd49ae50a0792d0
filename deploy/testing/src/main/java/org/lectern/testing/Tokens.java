package org.lectern.testing;

import io.restassured.RestAssured;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.ConfigProvider;

/** Access tokens from the development identity provider. */
public final class Tokens {

    private static final Map<String, String> CACHE = new ConcurrentHashMap<>();

    private Tokens() {}

    public static String organizer() {
        return of("organizer", Map.of());
    }

    public static String auditor() {
        return of("auditor", Map.of());
    }

    public static String operator() {
        return of("operator", Map.of());
    }

    public static String branch(String... codes) {
        return of("branch:" + String.join(",", codes), Map.of());
    }

    public static String lecturer(String code) {
        return of("lecturer:" + code, Map.of());
    }

    /** A token of that client with other parameters, for instance {@code audience} or {@code typ}. */
    public static String of(String client, Map<String, String> parameters) {
        return CACHE.computeIfAbsent(
                client + parameters,
                key -> RestAssured.given()
                        .baseUri(ConfigProvider.getConfig().getValue("lectern.test.issuer", String.class))
                        .port(-1)
                        .basePath("")
                        .formParam("grant_type", "client_credentials")
                        .formParam("client_id", client)
                        .formParam("client_secret", "none")
                        .formParam("scope", "lectern")
                        .formParams(parameters)
                        .post("/token")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("access_token"));
    }
}
