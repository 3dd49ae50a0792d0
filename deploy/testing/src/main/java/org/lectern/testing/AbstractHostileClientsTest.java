package org.lectern.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lectern.local.RawHttp;

/** Probes get answers while clients hold all resources they can hold. */
public abstract class AbstractHostileClientsTest {

    private static final int MANY = 250;
    private static final int PATIENCE_MILLIS = 60_000;
    private static final Duration LONG = Duration.ofMinutes(2);

    /** No held resource is released by itself during the test. */
    public static final class PatientService implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "lectern.http.body-timeout", "1h",
                    "quarkus.http.read-timeout", "1h",
                    "quarkus.http.idle-timeout", "1h",
                    "quarkus.datasource.jdbc.acquisition-timeout", "2m");
        }
    }

    /**
     * What hostile clients call.
     *
     * @param path of an operation that accepts GET, and POST with a JSON body
     */
    public record Target(String path, String token) {}

    protected abstract Target target() throws Exception;

    @TestHTTPResource(value = "/", management = true)
    protected URI management;

    @Inject
    protected AgroalDataSource database;

    @ConfigProperty(name = "quarkus.datasource.jdbc.max-size")
    protected int poolSize;

    private final List<RawHttp> held = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();

    @AfterEach
    void letGo() throws IOException, SQLException {
        for (RawHttp each : held) {
            each.close();
        }
        for (Connection each : connections) {
            each.close();
        }
    }

    @Test
    void slowClients_doNotBlockProbes() throws Exception {
        Target target = target();
        String path = target.path();
        String token = target.token();

        for (int i = 0; i < MANY; i++) {
            hold("POST " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                    + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"name\":");
            hold("POST " + path + " HTTP/1.1\r\nHost: a\r\nX-Slow");
        }
        for (int i = 0; i < poolSize; i++) {
            connections.add(database.getConnection());
        }
        for (int i = 0; i < MANY; i++) {
            hold("GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n\r\n");
        }

        for (int i = 0; i < 20; i++) {
            for (String probe : List.of("live", "ready", "started")) {
                assertThat(probe("/q/health/" + probe)).as(probe).isEqualTo(200);
            }
        }

        letGo();
        held.clear();
        connections.clear();
        await().atMost(LONG)
                .untilAsserted(
                        () -> given().auth().oauth2(token).get(path).then().statusCode(200));
    }

    /** No held resource is released within this time, so an answer proves that it does not wait for one. */
    private int probe(String path) {
        var patience = RestAssuredConfig.config()
                .httpClient(HttpClientConfig.httpClientConfig()
                        .setParam("http.socket.timeout", PATIENCE_MILLIS)
                        .setParam("http.connection.timeout", PATIENCE_MILLIS));
        return given().config(patience).get(management.resolve(path)).statusCode();
    }

    protected final void hold(String request) throws IOException {
        held.add(new RawHttp(RestAssured.port).send(request));
    }
}
