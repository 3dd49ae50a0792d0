package org.lectern.local.advisories;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code deploy/local/advisories}: reports the libraries of the product that a list of advisories affects. */
public final class Advisories {

    private static final int NO_HIT = 0;
    private static final int HITS = 1;
    private static final int NOT_COMPARED = 2;

    private Advisories() {}

    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /**
     * Compares the bills of materials with the advisories.
     *
     * @param arguments the file of advisories, then the bills of materials
     * @return the exit code: 0 without a hit, 1 with hits, 2 if a file could not be read
     */
    static int run(PrintStream out, PrintStream errors, String... arguments) {
        if (arguments.length < 2) {
            errors.println("Usage: deploy/local/advisories FILE [SBOM...]");
            return NOT_COMPARED;
        }
        try {
            List<Advisory> advisories = Advisory.read(Path.of(arguments[0]));
            Set<Library> libraries = new LinkedHashSet<>();
            for (int i = 1; i < arguments.length; i++) {
                libraries.addAll(Library.read(Path.of(arguments[i])));
            }
            List<Hit> hits = Hit.among(libraries, advisories);
            if (!hits.isEmpty()) {
                out.print(Hit.table(hits));
            }
            out.printf("%d hits: %d libraries, %d advisories%n", hits.size(), libraries.size(), advisories.size());
            return hits.isEmpty() ? NO_HIT : HITS;
        } catch (IOException e) {
            errors.println("Nothing was compared: " + e.getMessage());
            return NOT_COMPARED;
        }
    }
}
