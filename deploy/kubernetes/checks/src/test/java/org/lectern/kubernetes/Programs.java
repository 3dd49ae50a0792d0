package org.lectern.kubernetes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of this machine that some checks use; a check without its program prints a message and passes. */
final class Programs {

    private Programs() {}

    static Optional<Path> find(String name) {
        Optional<Path> found = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            System.err.println("There is no " + name + " here: its checks are skipped");
        }
        return found;
    }
}
