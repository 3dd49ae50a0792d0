package org.lectern.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds the image of a service and pushes it, or writes it as a tar for {@code docker load}. */
public final class BuildImage {

    /** The default base image, also the default of the Dockerfile. */
    static final String BASE = "debian:stable-slim";

    private static final String TAR = "tar://";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    private BuildImage() {}

    /** {@code ROOT SERVICE (--to IMAGE | --tar FILE) [--from BASE]}, the arguments of the script {@code build}. */
    public static void main(String... arguments) throws Exception {
        String service = arguments.length > 1 ? arguments[1] : "";
        Map<String, String> options = new HashMap<>();
        for (int i = 2; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        String to = options.remove("--to");
        String tar = options.remove("--tar");
        String from = options.getOrDefault("--from", BASE);
        options.remove("--from");
        if (service.isEmpty() || arguments.length % 2 != 0 || !options.isEmpty() || (to == null) == (tar == null)) {
            System.err.println(
                    "deploy/kubernetes/image/build SERVICE (--to REGISTRY/NAME:TAG | --tar FILE) [--from BASE]");
            System.exit(2);
        }
        try {
            JibContainer made = build(Path.of(arguments[0]), service, from, to, tar == null ? null : Path.of(tar));
            System.out.println((to == null ? tar : to) + " " + made.getDigest());
        } catch (IllegalArgumentException | InvalidImageReferenceException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        // the threads of the HTTP client would keep the JVM running
        System.exit(0);
    }

    /**
     * The target is either {@code to} or {@code tar}.
     *
     * @param from an image in a registry, or {@code tar://} and a file from {@code docker save}
     */
    static JibContainer build(Path root, String service, String from, @Nullable String to, @Nullable Path tar)
            throws Exception {
        // a new folder each time: Jib identifies cached layers by names and times, which do not identify our jars
        Path layers = Files.createTempDirectory("image");
        try {
            Containerizer target = to == null
                    ? Containerizer.to(TarImage.at(tar).named("lectern/" + service))
                    : Containerizer.to(registry(to));
            // when one of Jib's threads fails the others continue for a while: they must end before the folder is
            // deleted
            try (ExecutorService threads = Executors.newCachedThreadPool()) {
                return new ServiceImage(root, service)
                        .on(base(from))
                        .containerize(target.setExecutorService(threads)
                                .setBaseImageLayersCache(layers.resolve("base"))
                                .setApplicationLayersCache(layers.resolve("ours"))
                                .setAllowInsecureRegistries(
                                        Stream.of(from, to == null ? TAR : to).allMatch(BuildImage::isNear))
                                .setToolName("lectern")
                                .addEventHandler(LogEvent.class, BuildImage::tell));
            }
        } finally {
            delete(layers);
        }
    }

    private static JibContainerBuilder base(String from) throws InvalidImageReferenceException {
        return from.startsWith(TAR)
                ? Jib.from(TarImage.at(Path.of(from.substring(TAR.length()))))
                : Jib.from(registry(from));
    }

    /** Uses the credentials that {@code docker login} stored. */
    private static RegistryImage registry(String name) throws InvalidImageReferenceException {
        ImageReference image = ImageReference.parse(name);
        var credentials = CredentialRetrieverFactory.forImage(image, BuildImage::tell);
        return RegistryImage.named(image)
                .addCredentialRetriever(credentials.dockerConfig())
                .addCredentialRetriever(credentials.wellKnownCredentialHelpers());
    }

    /** A registry on this machine may lack TLS, as with Docker. */
    private static boolean isNear(String image) {
        return image.startsWith(TAR) || LOOPBACK.contains(image.split("[:/]", 2)[0]);
    }

    private static void tell(LogEvent event) {
        if (List.of(LogEvent.Level.ERROR, LogEvent.Level.WARN).contains(event.getLevel())) {
            System.err.println(event.getMessage());
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
