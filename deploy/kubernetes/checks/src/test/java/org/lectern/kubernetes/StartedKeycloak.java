package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.lectern.local.FreePort;

/**
 * Keycloak as a process, with the realm of the manifests, over TLS as the realm demands. The build unpacks its
 * distribution with {@code -Dlectern.proof.keycloak}.
 */
final class StartedKeycloak implements AutoCloseable {

    static final String PASSWORD = "a long password of the test";
    static final String CLIENT_SECRET = "secret-of-the-console";

    private static final String NAME = "identity";
    private static final Path DISTRIBUTIONS = Path.of("target/keycloak");
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final Process process;
    private final Path log;
    private final String issuer;
    private final Path certificate;
    private final HttpClient http;

    private StartedKeycloak(Process process, Path log, String issuer, Path certificate) {
        this.process = process;
        this.log = log;
        this.issuer = issuer;
        this.certificate = certificate;
        this.http = browser().build();
    }

    static boolean isUnpacked() {
        return Files.isDirectory(DISTRIBUTIONS);
    }

    /**
     * Differences from the manifests: the address and the secret of the console, and people with roles.
     *
     * @param console the address of the scheduler
     * @param folder receives the key and the certificate
     */
    static StartedKeycloak start(String console, Path folder) throws IOException, InterruptedException {
        Path home;
        try (Stream<Path> found = Files.list(DISTRIBUTIONS)) {
            home = found.filter(Files::isDirectory).findFirst().orElseThrow().toAbsolutePath();
        }
        Path realm = Files.createDirectories(home.resolve("data/import")).resolve("lectern-realm.json");
        Files.writeString(realm, realm(console).toPrettyString());
        // the realm of an earlier run would stay as it was
        deleteAll(home.resolve("data/h2"));
        Certificate certificate = Certificate.of(NAME, folder);
        Path key = Files.writeString(folder.resolve("key.pem"), certificate.key());
        Path chain = Files.writeString(folder.resolve("chain.pem"), certificate.chain());
        int port = FreePort.any();
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target/started")), "keycloak", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--http-host=127.0.0.1",
                        "--http-port=" + FreePort.any(),
                        "--https-port=" + port,
                        "--https-certificate-file=" + chain,
                        "--https-certificate-key-file=" + key,
                        "--http-management-port=" + FreePort.any(),
                        "--cache=local",
                        "--import-realm")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xmx512m");
        var keycloak = new StartedKeycloak(
                builder.start(), log, "https://127.0.0.1:" + port + "/realms/lectern", folder.resolve(NAME + ".p12"));
        keycloak.untilReady();
        return keycloak;
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static JsonNode realm(String console) throws IOException {
        ObjectNode realm = (ObjectNode) new ObjectMapper(new YAMLFactory())
                .readTree(Repository.read("deploy/kubernetes/components/keycloak/realm.yaml"))
                .at("/spec/realm");
        for (JsonNode client : realm.path("clients")) {
            if (client.path("clientId").asText().equals("lectern-console")) {
                ObjectNode ours = (ObjectNode) client;
                ours.put("secret", CLIENT_SECRET);
                ours.putArray("redirectUris").add(console + "/session/login");
                ((ObjectNode) ours.path("attributes")).put("post.logout.redirect.uris", console + "/console");
            }
        }
        var users = realm.putArray("users");
        users.add(user("lin.wei", "organizer"));
        users.add(user("nobody", ""));
        ObjectNode branch = user("he.mei", "branch");
        branch.putObject("attributes").putArray("branches").add("YT-ML");
        users.add(branch);
        return realm;
    }

    private static ObjectNode user(String name, String role) {
        ObjectNode user = new ObjectMapper()
                .createObjectNode()
                .put("username", name)
                .put("email", name + "@example.org")
                .put("emailVerified", true)
                .put("firstName", name)
                .put("lastName", "Test")
                .put("enabled", true);
        user.putArray("credentials").addObject().put("type", "password").put("value", PASSWORD);
        if (!role.isEmpty()) {
            user.putArray("realmRoles").add(role);
        }
        return user;
    }

    String issuer() {
        return issuer;
    }

    /** Options of a JVM that trusts the certificate. */
    String trust() {
        return "-Djavax.net.ssl.trustStore=" + certificate + " -Djavax.net.ssl.trustStorePassword="
                + Certificate.PASSWORD;
    }

    /** A client that trusts the certificate. */
    HttpClient.Builder browser() {
        try (var in = Files.newInputStream(certificate)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(in, Certificate.PASSWORD.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return HttpClient.newBuilder().sslContext(tls);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void untilReady() throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!isReady()) {
            assertThat(process.isAlive())
                    .as("Keycloak runs: %s", Repository.read(log))
                    .isTrue();
            assertThat(Instant.now())
                    .as("Keycloak is ready: %s", Repository.read(log))
                    .isBefore(deadline);
            process.waitFor(500, TimeUnit.MILLISECONDS);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
    }
}
