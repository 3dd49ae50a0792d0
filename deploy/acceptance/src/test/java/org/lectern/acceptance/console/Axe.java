package org.lectern.acceptance.console;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Judges a page by WCAG 2.2, levels A and AA, as far as a machine can. */
public final class Axe {

    private static final String SOURCE = source();
    private static final List<String> LEVELS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final String RUN = """
            async options => {
              const found = await axe.run(document, { ...options, resultTypes: ["violations"] });
              return found.violations.flatMap(v => v.nodes.map(n => `${v.id} at ${n.target}: ${n.failureSummary}`));
            }""";

    private Axe() {}

    public static List<String> violations(Page page) {
        return run(page, Map.of("runOnly", LEVELS));
    }

    /** The contrast of colours alone, for a page that was judged in other colours. */
    public static List<String> contrast(Page page) {
        return run(page, Map.of("runOnly", Map.of("type", "rule", "values", List.of("color-contrast"))));
    }

    @SuppressWarnings("unchecked")
    private static List<String> run(Page page, Map<String, Object> options) {
        if (Boolean.FALSE.equals(page.evaluate("() => 'axe' in window"))) {
            page.evaluate(SOURCE);
        }
        return (List<String>) page.evaluate(RUN, options);
    }

    private static String source() {
        try (InputStream file = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8) + "\n;undefined";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
