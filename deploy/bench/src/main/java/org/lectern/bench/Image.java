package org.lectern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the image of a service holds, as {@code deploy/kubernetes/image/stage} lays it out.
 *
 * @param flags of the JVM, which those who made the cache had too
 */
record Image(Path folder, List<String> flags) {

    /**
     * @param service {@code scheduler} or {@code notification}
     * @throws IllegalStateException when it has not been laid out
     */
    static Image of(Path root, String service) throws IOException {
        Path folder = root.resolve(service + "-service/target/image");
        if (!Files.exists(folder.resolve("app.aot"))) {
            throw new IllegalStateException("deploy/kubernetes/image/stage has not laid out " + folder);
        }
        return new Image(folder, flags(root));
    }

    /** Those of either service. */
    static List<String> flags(Path root) throws IOException {
        String flags = Files.readString(root.resolve("deploy/kubernetes/image/flags"));
        return List.of(flags.strip().split("\\s+"));
    }

    /** Starts the service with its AOT cache; one that does not fit ends the start, instead of a start that is only slower. */
    List<String> cached(String... more) {
        return command(List.of("-XX:AOTMode=on", "-XX:AOTCache=" + folder.resolve("app.aot")), more);
    }

    /** Starts it without. */
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
