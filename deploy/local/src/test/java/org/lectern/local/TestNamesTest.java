package org.lectern.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The names of all test methods of the repository: short, and in the words of the glossary. */
class TestNamesTest {

    private static final Path ROOT = RepositoryFiles.ROOT;
    private static final int LONGEST = 60;

    private static final Pattern TEST = Pattern.compile(
            "@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b[^{]*?\\b(?:void|[A-Z][\\w<>?, ]*)\\s+(\\w+)\\s*\\(");

    /** Words that the language rules exclude, within camel case. */
    private static final Pattern EXCLUDED = Pattern.compile(
            "(?:(?:^|_)(?:nobody|somebody|anybody|whoever|whose|told)|Nobody|Somebody|Anybody|Whoever|Whose|Anew|His|Him"
                    + "|Meanwhile|Told|Clash(?:es)?|Lifts?|Lifted|Mended)(?=[A-Z_]|$)");

    @Test
    void names_haveAtMost60Characters() throws IOException {
        List<String> names = names();

        assertEquals(
                List.of(),
                names.stream()
                        .filter(name -> name.substring(name.indexOf('.') + 1).length() > LONGEST)
                        .toList());
        assertTrue(names.size() > 1000, "names found: " + names.size());
    }

    @Test
    void names_haveOneUnderscoreAndNoExcludedWords() throws IOException {
        assertEquals(
                List.of(),
                names().stream()
                        .filter(name -> EXCLUDED.matcher(name.substring(name.indexOf('.') + 1))
                                        .find()
                                || name.indexOf('_') != name.lastIndexOf('_'))
                        .toList());
    }

    private static List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path source : RepositoryFiles.all()) {
            if (isTest(source)) {
                String type = source.getFileName().toString().replace(".java", "");
                TEST.matcher(Files.readString(source))
                        .results()
                        .map((MatchResult found) -> type + "." + found.group(1))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static boolean isTest(Path file) {
        String name = ROOT.relativize(file).toString();
        return name.endsWith(".java") && (name.contains("src/test/java/") || name.startsWith("deploy/testing/"));
    }
}
