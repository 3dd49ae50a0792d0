package org.lectern.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The Markdown files of the repository: links, headings, named tests, classes and commands exist; the first
 * pages are short. Dated results are exempt from all but the links, because they describe the code of their date.
 */
class DocumentsTest {

    private static final Path ROOT = RepositoryFiles.ROOT;
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```|`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");
    /** A test by name, or a class with a folder before it: {@code booking/Booking}. */
    private static final Pattern SOURCE =
            Pattern.compile("`((?:[a-z]+/)+[A-Z][a-z]\\w*|[A-Z]\\w+(?:Test|IT))(?:\\.\\w+)?`");

    /** A path below {@code deploy} in code; what a build makes is left out. */
    private static final Pattern COMMAND = Pattern.compile("(?<![\\w/.-])(?:\\./)?(deploy/[\\w./-]*\\w)(?![\\w/*{$…])");

    /** The most lines of the pages that a reader opens first. */
    private static final Map<String, Integer> MOST_LINES = Map.of(
            "README.md", 120,
            "scheduler-service/README.md", 40,
            "notification-service/README.md", 40,
            "deploy/bench/README.md", 80);

    private static final Pattern LINKED_TEXT = Pattern.compile("\\[([^]]*)\\]\\([^)]*\\)");

    @Test
    void everyRelativeLink_leadsToAFileAndHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            for (String target : targets(Files.readString(document))) {
                links++;
                if (!exists(document, target)) {
                    broken.add(ROOT.relativize(document) + " -> " + target);
                }
            }
        }

        assertEquals(List.of(), broken);
        assertTrue(links > 50, "links found: " + links);
    }

    @Test
    void everyNamedTestAndClass_exists() throws IOException {
        String sources = String.join("\n", sources()) + "\n";
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path document : lasting()) {
            for (MatchResult source :
                    SOURCE.matcher(Files.readString(document)).results().toList()) {
                named++;
                if (!sources.contains("/" + source.group(1) + ".java\n")) {
                    missing.add(ROOT.relativize(document) + " -> " + source.group(1));
                }
            }
        }

        assertEquals(List.of(), missing);
        assertTrue(named > 100, "names found: " + named);
    }

    @Test
    void everyNamedCommand_isAnExecutableFile() throws IOException {
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path document : lasting()) {
            for (String command : commands(Files.readString(document))) {
                named++;
                Path file = ROOT.resolve(command);
                boolean isProgram = Files.isRegularFile(file)
                        && !file.getFileName().toString().contains(".");
                if (!Files.exists(file) || isProgram && !Files.isExecutable(file)) {
                    missing.add(ROOT.relativize(document) + " -> " + command);
                }
            }
        }

        assertEquals(List.of(), missing);
        assertTrue(named > 100, "commands found: " + named);
    }

    @Test
    void missingCommand_isFound() {
        String page = "Run `deploy/local/no-such --now`.\n```sh\n./deploy/local/test local XTest\n```\ndeploy/prose";

        assertEquals(List.of("deploy/local/no-such", "deploy/local/test"), commands(page));
    }

    @Test
    void firstPages_areShort() throws IOException {
        for (var page : MOST_LINES.entrySet()) {
            List<String> lines = Files.readAllLines(ROOT.resolve(page.getKey()));
            assertTrue(lines.size() <= page.getValue(), page.getKey() + " has lines: " + lines.size());
        }
    }

    @Test
    void linkToAMissingHeading_isFound() throws IOException {
        Path readme = ROOT.resolve("README.md");

        assertTrue(exists(readme, "deploy/docs/settings.md#both-services"));
        assertEquals(false, exists(readme, "deploy/docs/settings.md#no-such-heading"));
        assertEquals(false, exists(readme, "deploy/docs/no-such-file.md"));
    }

    private static List<String> sources() throws IOException {
        return files(".java").stream().map(Path::toString).toList();
    }

    private static List<Path> documents() throws IOException {
        return files(".md");
    }

    /** The documents without dated results. */
    private static List<Path> lasting() throws IOException {
        return documents().stream()
                .filter(document -> !document.toString().contains("/results/"))
                .toList();
    }

    private static List<String> commands(String markdown) {
        return CODE.matcher(markdown)
                .results()
                .flatMap(code -> COMMAND.matcher(code.group()).results())
                .map(command -> command.group(1))
                .filter(command -> !command.contains("/target"))
                .toList();
    }

    private static List<Path> files(String end) throws IOException {
        return RepositoryFiles.all().stream()
                .filter(file -> file.toString().endsWith(end))
                .toList();
    }

    private static List<String> targets(String markdown) {
        return LINK.matcher(CODE.matcher(markdown).replaceAll("code"))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .toList();
    }

    private static boolean exists(Path document, String target) throws IOException {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
    }

    /** The anchors of the headings, as GitHub makes them. */
    private static Set<String> anchors(Path file) throws IOException {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        String text = FENCED.matcher(Files.readString(file)).replaceAll("");
        for (MatchResult heading : HEADING.matcher(text).results().toList()) {
            String anchor = LINKED_TEXT
                    .matcher(heading.group(1))
                    .replaceAll("$1")
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                    .replace(' ', '-');
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }
}
