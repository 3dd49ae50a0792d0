package org.lectern.notification.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Certificate authorities of a mail server that the JDK does not know. */
public final class TrustedCertificates {

    private TrustedCertificates() {}

    /**
     * A socket factory that trusts these authorities and no others.
     *
     * @param file certificates in PEM
     * @param setting the name of the setting, for the message
     * @throws IllegalArgumentException if the file holds no certificates
     * @throws UncheckedIOException if it cannot be read
     */
    public static SSLSocketFactory sockets(Path file, String setting) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
            }
            if (trusted.size() == 0) {
                throw new IllegalArgumentException(setting + " holds no certificates");
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(setting + " holds no certificates", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
