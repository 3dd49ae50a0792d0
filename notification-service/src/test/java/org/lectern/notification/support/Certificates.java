package org.lectern.notification.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Certificates of receivers, made by the JDK's own tool: one that the service trusts, and one that it does not. */
public final class Certificates {

    /** The name in the trusted certificate. */
    public static final String TRUSTED = "trusted.example.org";

    /** The name in the untrusted certificate. */
    public static final String UNKNOWN = "unknown.example.org";

    /** The name of a local server. */
    public static final String LOCAL = "localhost";

    private static final String PASSWORD = "changeit";
    private static final Path FOLDER = Path.of("target", "certificates");

    private Certificates() {}

    /** The trusted certificate as PEM. */
    public static Path trusted() {
        return pem(TRUSTED);
    }

    /** The certificate of this machine as PEM. */
    public static Path local() {
        return pem(LOCAL);
    }

    private static synchronized Path pem(String name) {
        make(name);
        Path pem = FOLDER.resolve(name + ".pem");
        if (!Files.exists(pem)) {
            keytool("-exportcert", "-rfc", "-alias", "it", "-file", pem.toString(), "-keystore", store(name));
        }
        return pem.toAbsolutePath();
    }

    /** The TLS context of a server under that name. */
    public static synchronized SSLContext of(String name) {
        make(name);
        try (InputStream in = Files.newInputStream(Path.of(store(name)))) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String store(String name) {
        return FOLDER.resolve(name + ".p12").toString();
    }

    private static void make(String name) {
        if (!Files.exists(Path.of(store(name)))) {
            try {
                Files.createDirectories(FOLDER);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            keytool(
                    "-genkeypair",
                    "-alias",
                    "it",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "san=dns:" + name,
                    "-validity",
                    "30",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store(name));
        }
    }

    private static void keytool(String... arguments) {
        try {
            var command = new ArrayList<String>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.addAll(List.of(arguments));
            command.addAll(List.of("-storepass", PASSWORD));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
