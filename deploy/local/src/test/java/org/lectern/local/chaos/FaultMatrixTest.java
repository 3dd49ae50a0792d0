package org.lectern.local.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lectern.local.chaos.Fault.Kind;

/** What the README says is shown is shown: every fault and every test it names exists, and it names every fault. */
class FaultMatrixTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");
    private static final Pattern FAULTS = Pattern.compile("chaos: ((?:`[a-z-]+`(?:, )?)+)");
    private static final Pattern FAULT = Pattern.compile("`([a-z-]+)`");

    private static List<String> rows() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf("### Which fault is shown where"));
        return section.substring(0, section.indexOf("Not shown yet"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| fault "))
                .toList();
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (String service : List.of("scheduler-service", "notification-service")) {
            try (Stream<Path> files = Files.walk(Path.of("../..", service, "src/test/java"))) {
                for (Path file : files.filter(each -> each.toString().endsWith("Test.java"))
                        .toList()) {
                    // both services may have one of that name
                    tests.merge(
                            file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
                }
            }
        }
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (String row : rows()) {
            var matcher = TEST.matcher(row);
            while (matcher.find()) {
                named++;
                String test = tests.get(matcher.group(1));
                if (test == null || (matcher.group(2) != null && !test.contains("void " + matcher.group(2) + "("))) {
                    missing.add(matcher.group());
                }
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(named > 25, "tests named: " + named);
    }

    @Test
    void everyFaultOfTheKitStandsInTheMatrixAndNoOther() throws IOException {
        Set<Kind> named = EnumSet.noneOf(Kind.class);
        for (String row : rows()) {
            assertTrue(TEST.matcher(row).find() || FAULTS.matcher(row).find(), "shown by nothing: " + row);
            var faults = FAULTS.matcher(row);
            while (faults.find()) {
                FAULT.matcher(faults.group(1)).results().forEach(fault -> named.add(Fault.kind(fault.group(1))));
            }
        }
        Set<Kind> unnamed = EnumSet.allOf(Kind.class);
        unnamed.removeAll(named);
        assertEquals(Set.of(), unnamed);
    }
}
