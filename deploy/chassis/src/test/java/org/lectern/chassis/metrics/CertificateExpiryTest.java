package org.lectern.chassis.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metric names the day on which Kafka would refuse this process. */
class CertificateExpiryTest {

    @TempDir
    Path folder;

    @Test
    void chain_endsWithItsFirstExpiry() throws Exception {
        String chain = certificate(300) + certificate(20);

        assertThat(measured(Optional.of(chain), Optional.empty(), "kafka-client"))
                .isCloseTo(in(20), within(120.0));
    }

    @Test
    void renewedAuthority_counts() throws Exception {
        String authorities = certificate(2) + certificate(300);

        assertThat(measured(Optional.empty(), Optional.of(authorities), "kafka-authority"))
                .isCloseTo(in(300), within(120.0));
    }

    @Test
    void withoutCertificates_nothingIsMeasured() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new CertificateExpiry().certificates(Optional.empty(), Optional.empty()).bindTo(registry);
        new CertificateExpiry()
                .certificates(Optional.of("no PEM"), Optional.empty())
                .bindTo(registry);

        assertThat(registry.getMeters()).isEmpty();
    }

    private static double measured(Optional<String> chain, Optional<String> authorities, String certificate) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new CertificateExpiry().certificates(chain, authorities).bindTo(registry);
        return registry.get(CertificateExpiry.NAME)
                .tag("certificate", certificate)
                .gauge()
                .value();
    }

    private static double in(int days) {
        return Instant.now().plus(Duration.ofDays(days)).getEpochSecond();
    }

    private String certificate(int days) throws IOException, InterruptedException {
        String store = folder.resolve(days + ".p12").toString();
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=test", "-validity", "" + days, "-keystore", store);
        return keytool("-exportcert", "-rfc", "-keystore", store);
    }

    private static String keytool(String... arguments) throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process keytool = new ProcessBuilder(command(program, arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return said;
    }

    private static List<String> command(Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "own", "-storetype", "PKCS12", "-storepass", "secret"));
        return command;
    }
}
