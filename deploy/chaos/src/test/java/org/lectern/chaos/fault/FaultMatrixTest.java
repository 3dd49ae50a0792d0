package org.lectern.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every fault and test in the README exists and runs in a lane of the build, and the README names every fault. */
class FaultMatrixTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");
    private static final Pattern FAULTS = Pattern.compile("chaos: ((?:`[a-z-]+`(?:, )?)+)");
    private static final Pattern FAULT = Pattern.compile("`([a-z-]+)`");
    private static final Pattern TAG = Pattern.compile("@Tag\\(([^)]*)\\)");
    /** The tag of the lane that only {@code -Pproof} runs; tests without a tag are in the other lane. */
    private static final String PROOF = "\"proof\"";

    private static List<String> rows() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf("## Which fault is shown where"));
        return section.substring(0, section.indexOf("Not shown yet"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| fault "))
                .toList();
    }

    /** The sources of all tests by class name; both services may have a class of that name. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(each -> each.toString().matches(".*/src/test/java/.*(Test|IT)\\.java"))
                    .toList()) {
                tests.merge(file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
            }
        }
        return tests;
    }

    private static Stream<MatchResult> named() throws IOException {
        return rows().stream().flatMap(row -> TEST.matcher(row).results());
    }

    @Test
    void everyNamedTestExists() throws IOException {
        Map<String, String> tests = tests();
        List<String> missing = named().filter(name -> {
                    String source = tests.get(name.group(1));
                    return source == null || (name.group(2) != null && !source.contains("void " + name.group(2) + "("));
                })
                .map(MatchResult::group)
                .toList();

        assertEquals(List.of(), missing);
        assertTrue(named().count() > 25, "tests named: " + named().count());
    }

    @Test
    void everyNamedTestRunsInALane() throws IOException {
        Map<String, String> tests = tests();
        List<String> unrun = named().filter(name -> {
                    String source = tests.getOrDefault(name.group(1), "");
                    return source.contains("@Disabled")
                            || TAG.matcher(source)
                                    .results()
                                    .anyMatch(tag -> !tag.group(1).equals(PROOF));
                })
                .map(MatchResult::group)
                .toList();

        assertEquals(List.of(), unrun);
        String build = Files.readString(ROOT.resolve("pom.xml"));
        assertTrue(
                build.contains("<tests.excluded>proof</tests.excluded>"), "the first lane leaves out what is tagged");
        assertTrue(
                build.replaceAll("\\s+", "").contains("<id>proof</id><properties><tests.excluded/></properties>"),
                "-Pproof leaves out nothing");
        assertTrue(Files.readString(ROOT.resolve(".ci/run")).contains("-Pproof"), "CI runs both lanes");
    }

    @Test
    void everyRow_isTestedInALane() throws IOException {
        String run = tests().get("ChaosIT");
        List<String> unshown = rows().stream()
                .filter(row -> !TEST.matcher(row).find()
                        && faultsOf(row).noneMatch(fault -> run.contains("\"" + fault + "\"")))
                .toList();

        assertEquals(List.of(), unshown);
    }

    private static Stream<String> faultsOf(String row) {
        return FAULTS.matcher(row)
                .results()
                .flatMap(faults -> FAULT.matcher(faults.group(1)).results())
                .map(fault -> fault.group(1));
    }

    @Test
    void everyFaultKind_isInTheMatrix() throws IOException {
        Set<FaultKind> named = EnumSet.noneOf(FaultKind.class);
        for (String row : rows()) {
            assertTrue(TEST.matcher(row).find() || FAULTS.matcher(row).find(), "shown by nothing: " + row);
            faultsOf(row).forEach(fault -> named.add(FaultKind.of(fault)));
        }
        Set<FaultKind> unnamed = EnumSet.allOf(FaultKind.class);
        unnamed.removeAll(named);
        assertEquals(Set.of(), unnamed);
    }
}
