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
import java.util.ArrayList;
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

    private static final String USAGE = """
            deploy/kubernetes/image/build SERVICE (--to REGISTRY/NAME:TAG | --tar FILE | --bill) --from BASE@sha256:DIGEST
                --source URL --licenses SPDX [--version VERSION] [--revision COMMIT] [--builder URI]
            deploy/kubernetes/image/build SERVICE --tar FILE --from tar://BASE.tar""";
    private static final String TAR = "tar://";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    private BuildImage() {}

    private static final Set<String> OPTIONS =
            Set.of("--to", "--tar", "--from", "--version", "--revision", "--source", "--licenses", "--builder");

    /** {@code ROOT SERVICE TARGET OPTIONS}, the arguments of the script {@code build}. */
    public static void main(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(arguments));
        boolean bill = words.remove("--bill");
        Map<String, String> options = new HashMap<>();
        for (int i = 2; i + 1 < words.size(); i += 2) {
            options.put(words.get(i), words.get(i + 1));
        }
        String to = options.get("--to");
        String tar = options.get("--tar");
        int targets = (to == null ? 0 : 1) + (tar == null ? 0 : 1) + (bill ? 1 : 0);
        if (words.size() < 2 || words.size() % 2 != 0 || !OPTIONS.containsAll(options.keySet()) || targets != 1) {
            System.err.println(USAGE);
            System.exit(2);
        }
        try {
            Path root = Path.of(words.get(0));
            String service = words.get(1);
            String from = options.getOrDefault("--from", "");
            // what is pushed others will run: it says where it comes from
            Release release = tar != null && from.startsWith(TAR) ? null : Release.of(options);
            if (bill) {
                System.out.println(new ServiceImage(root, service, release).billOfMaterials());
            } else {
                JibContainer made = build(root, service, from, to, tar == null ? null : Path.of(tar), release);
                System.out.println((to == null ? tar : to) + " " + made.getDigest());
                if (release != null) {
                    var image = new ServiceImage(root, service, release);
                    System.out.println(Provenance.write(
                            root.resolve(service).resolve("target/provenance.json"),
                            service,
                            to == null ? "lectern/" + service : name(to),
                            made.getDigest().toString(),
                            release,
                            image.jre(),
                            image.billOfMaterials()));
                }
            }
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
     * @param release null for an image that is only tried out
     */
    static JibContainer build(
            Path root, String service, String from, @Nullable String to, @Nullable Path tar, @Nullable Release release)
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
                return new ServiceImage(root, service, release)
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

    /** The image without its tag. */
    private static String name(String image) {
        return image.replaceFirst("(:[^:/]*)?$", "");
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
