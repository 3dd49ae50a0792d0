package org.lectern.acceptance.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The browser of this machine. No test downloads one. */
final class Chromium {

    static final String MISSING =
            "Chromium is not installed: the console is not shown in a browser (LECTERN_CHROMIUM names another place)";

    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private Chromium() {}

    static Optional<Path> executable() {
        String named = System.getenv("LECTERN_CHROMIUM");
        return (named == null ? PLACES : List.of(named))
                .stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /** Whether the absence of a browser is a failure: in a run that relies on these tests. */
    static boolean isRequired() {
        return "true".equals(System.getenv("LECTERN_BROWSER_REQUIRED"));
    }
}
