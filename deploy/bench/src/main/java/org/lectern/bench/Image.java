package org.lectern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of a service's image, as {@code deploy/kubernetes/image/stage} creates it.
 *
 * @param flags JVM flags, identical to those of the training that made the cache
 */
record Image(Path folder, List<String> flags) {

    /**
     * @param service {@code scheduler} or {@code notification}
     * @throws IllegalStateException if the image has not been staged
     */
    static Image of(Path root, String service) throws IOException {
        Path folder = root.resolve(service + "-service/target/image");
        if (!Files.exists(folder.resolve("app.aot"))) {
            throw new IllegalStateException("deploy/kubernetes/image/stage has not laid out " + folder);
        }
        return new Image(folder, flags(root));
    }

    /** JVM flags common to both services. */
    static List<String> flags(Path root) throws IOException {
        String flags = Files.readString(root.resolve("deploy/kubernetes/image/flags"));
        return List.of(flags.strip().split("\\s+"));
    }

    /** Starts the service with its AOT cache. A cache that does not fit makes the start fail instead of slower. */
    List<String> cached(String... more) {
        return command(List.of("-XX:AOTMode=on", "-XX:AOTCache=" + folder.resolve("app.aot")), more);
    }

    /** Starts the service without its AOT cache. */
    List<String> plain(String... more) {
        return command(List.of("-XX:AOTMode=off"), more);
    }

    private List<String> command(List<String> cache, String... more) {
        List<String> command = new ArrayList<>();
        command.add(folder.resolve("jre/bin/java").toString());
        command.addAll(flags);
        command.addAll(List.of(more));
        command.addAll(cache);
        command.addAll(List.of("-jar", folder.resolve("quarkus-run.jar").toString()));
        return command;
    }
}
