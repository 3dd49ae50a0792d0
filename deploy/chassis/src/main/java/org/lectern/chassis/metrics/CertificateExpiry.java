package org.lectern.chassis.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * When the certificates of the Kafka clients expire. The clients read them once, at the start, so the metric says what
 * this process really uses, even if a newer certificate exists. No meter without certificates.
 */
@ApplicationScoped
class CertificateExpiry {

    /** In Prometheus: {@code lectern_certificate_expiry_timestamp_seconds}. */
    static final String NAME = "lectern.certificate.expiry.timestamp";

    private static final Logger LOG = Logger.getLogger(CertificateExpiry.class);

    @Produces
    @Singleton
    MeterBinder certificates(
            @ConfigProperty(name = "kafka.ssl.keystore.certificate.chain") Optional<String> chain,
            @ConfigProperty(name = "kafka.ssl.truststore.certificates") Optional<String> authorities) {
        return registry -> {
            chain.flatMap(CertificateExpiry::earliest).ifPresent(end -> register(registry, "kafka-client", end));
            authorities.flatMap(CertificateExpiry::latest).ifPresent(end -> register(registry, "kafka-authority", end));
        };
    }

    /** A chain is valid until its first certificate expires. */
    static Optional<Instant> earliest(String pem) {
        return read(pem).stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo);
    }

    /** Authorities overlap while they are renewed: the newest one counts. */
    static Optional<Instant> latest(String pem) {
        return read(pem).stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .max(Instant::compareTo);
    }

    private static void register(MeterRegistry registry, String certificate, Instant end) {
        Gauge.builder(NAME, end, Instant::getEpochSecond)
                .description("When a certificate that this process uses expires, in seconds since 1970")
                .baseUnit("seconds")
                .strongReference(true)
                .tag("certificate", certificate)
                .register(registry);
    }

    private static List<X509Certificate> read(String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map((Certificate certificate) -> (X509Certificate) certificate)
                    .toList();
        } catch (CertificateException e) {
            LOG.warn("The certificates of the Kafka clients cannot be read, so their expiry is not measured", e);
            return List.of();
        }
    }
}
