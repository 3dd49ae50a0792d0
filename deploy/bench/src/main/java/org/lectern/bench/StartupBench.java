package org.lectern.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lectern.local.FreePort;
import org.lectern.local.TestStack;

/**
 * Measures the time from start to ready of each service, with all migrations done, and its memory ten seconds later,
 * with and without AOT cache. With the cache, it passes when the median start is under 2 s and the median resident
 * memory under 300 MB. Memory comes from {@code /proc}, so this needs Linux.
 */
final class StartupBench implements Bench {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final double LIMIT_SECONDS = 2;
    private static final double LIMIT_MEGABYTES = 300;
    private static final Pattern RESIDENT = Pattern.compile("Vm(RSS):\\s+(\\d+) kB|Rss(Anon|File):\\s+(\\d+) kB");

    private static final String[] HEAP = {"-Xms16m", "-Xmx460m"};

    private final TestStack stack = TestStack.startDurable();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    /** Its argument is the number of starts of each service. */
    @Override
    public Result run(Path root, List<String> arguments) throws Exception {
        int times = arguments.isEmpty() ? 5 : Integer.parseInt(arguments.getFirst());
        List<Measure> measures = new ArrayList<>();
        for (String name : List.of("scheduler", "notification")) {
            Image image = Image.of(root, name);
            List<String> plain = image.plain(HEAP);
            List<String> cached = image.cached(HEAP);
            start(name, plain, true); // warms the disk's cache too
            List<Started> without = new ArrayList<>();
            List<Started> with = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                without.add(start(name, plain, false));
                with.add(start(name, cached, false));
            }
            measures.add(seconds(name + ", ready", without));
            measures.add(resident(name + ", resident", without));
            measures.add(own(name + ", of it its own", without));
            measures.add(seconds(name + " with AOT cache, ready", with).atMost(LIMIT_SECONDS));
            measures.add(resident(name + " with AOT cache, resident", with).atMost(LIMIT_MEGABYTES));
            measures.add(own(name + " with AOT cache, of it its own", with));
        }
        return new Result(
                "from start to ready, all migrations done; memory " + IDLE.toSeconds() + " s later; "
                        + String.join(" ", Image.flags(root)) + " " + String.join(" ", HEAP),
                measures);
    }

    private static Measure seconds(String name, List<Started> starts) {
        return Measure.of(name, "s", starts, Started::seconds);
    }

    private static Measure resident(String name, List<Started> starts) {
        return Measure.of(name, "MB", starts, Started::resident);
    }

    private static Measure own(String name, List<Started> starts) {
        return Measure.of(name, "MB", starts, Started::anonymous);
    }

    /** The measurements of one start. */
    private record Started(double seconds, double resident, double anonymous) {}

    private Started start(String name, List<String> command, boolean migrates)
            throws IOException, InterruptedException {
        int management = FreePort.any();
        Path log = Files.createTempFile("startup-" + name, ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // as in the cluster, where a Job migrates and the service only validates
        builder.environment().put("QUARKUS_FLYWAY_ACTIVE", Boolean.toString(migrates));
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_PROFILE",
                        "local",
                        "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
                        "true",
                        "QUARKUS_HTTP_PORT",
                        "0",
                        "QUARKUS_MANAGEMENT_PORT",
                        Integer.toString(management),
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        stack.jdbcUrl(name),
                        "QUARKUS_DATASOURCE_USERNAME",
                        name,
                        "QUARKUS_DATASOURCE_PASSWORD",
                        name,
                        "KAFKA_BOOTSTRAP_SERVERS",
                        stack.kafkaBootstrapServers(),
                        "QUARKUS_OIDC_AUTH_SERVER_URL",
                        stack.issuer()));
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long begin = System.nanoTime();
        Process process = builder.start();
        try {
            while (true) {
                if (process.waitFor(10, TimeUnit.MILLISECONDS) || System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw new IllegalStateException(name + " did not become ready, see " + log);
                }
                try {
                    if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                        break;
                    }
                } catch (IOException e) {
                    // not ready yet
                }
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            process.waitFor(IDLE.toMillis(), TimeUnit.MILLISECONDS);
            Map<String, Double> memory = memory(process.pid());
            return new Started(
                    seconds, memory.getOrDefault("RSS", Double.NaN), memory.getOrDefault("Anon", Double.NaN));
        } finally {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** Megabytes of a field in {@code /proc/PID/status}. */
    private static Map<String, Double> memory(long pid) throws IOException {
        Map<String, Double> found = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            Matcher matcher = RESIDENT.matcher(line);
            if (matcher.matches()) {
                boolean whole = matcher.group(1) != null;
                found.put(
                        whole ? matcher.group(1) : matcher.group(3),
                        Double.parseDouble(whole ? matcher.group(2) : matcher.group(4)) * 1024 / 1e6);
            }
        }
        return found;
    }
}
