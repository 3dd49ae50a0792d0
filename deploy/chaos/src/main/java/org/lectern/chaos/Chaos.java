package org.lectern.chaos;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.cluster.Cluster;
import org.lectern.chaos.cluster.LimitedDisk;
import org.lectern.chaos.fault.FaultPlan;
import org.lectern.chaos.load.City;
import org.lectern.chaos.load.NewCity;
import org.lectern.chaos.system.Against;
import org.lectern.chaos.system.SystemUnderTest;
import org.lectern.local.DataFolder;
import org.lectern.local.QuietLogs;
import org.lectern.local.Running;
import org.lectern.local.console.Console;

/**
 * {@code deploy/chaos/chaos --minutes N --seed S}: runs load and random faults against the whole product and judges the
 * evidence. Exit code 0: every promise was kept; 1: a promise was broken or a run failed; 2: an option was not
 * understood.
 */
final class Chaos {

    private final Options options;
    private final Console console;

    private Chaos(Options options, Console console) {
        this.options = options;
        this.console = console;
    }

    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(out);
        Options options;
        try {
            if (List.of(arguments).contains("--help")) {
                out.print(Options.USAGE);
                return;
            }
            options = Options.parse(root().resolve("deploy/chaos/target/run"), arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            Runtime.getRuntime().halt(2);
            return;
        }
        Console console = Console.standard(Instant.now());
        Runtime.getRuntime().halt(new Chaos(options, console).all() ? 0 : 1);
    }

    /** True if every run kept every promise. */
    private boolean all() throws InterruptedException {
        if (options.plan()) {
            options.planOf(options.seeds().getFirst()).lines().forEach(console::line);
            return true;
        }
        boolean several = options.seeds().size() > 1;
        Summary summary = new Summary();
        for (long seed : options.seeds()) {
            Path data = several ? options.data().resolve("seed-" + seed) : options.data();
            Instant begun = Instant.now();
            try {
                Verdict verdict = one(seed, data);
                summary.add(verdict, Duration.between(begun, Instant.now()));
                if (several && verdict.kept()) {
                    DataFolder.keepLogs(data);
                }
            } catch (IOException | RuntimeException e) {
                console.failure("The run failed: " + e);
                e.printStackTrace();
                summary.failed(seed, e.toString(), Duration.between(begun, Instant.now()));
            }
        }
        if (several) {
            console.line("");
            summary.lines().forEach(console::line);
        }
        return summary.kept();
    }

    private Verdict one(long seed, Path path) throws IOException, InterruptedException {
        Running running = new Running();
        Thread onSignal = new Thread(() -> {
            running.close();
            Runtime.getRuntime().halt(1);
        });
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            DataFolder folder = running.start(() -> new DataFolder(path));
            folder.recover();
            LimitedDisk.releaseBelow(folder.path());
            folder.empty();
            QuietLogs.to(folder.path());
            return judged(seed, running, folder.path());
        } finally {
            running.close();
            removeHook(onSignal);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // already running
        }
    }

    private Verdict judged(long seed, Running running, Path data) throws IOException, InterruptedException {
        FaultPlan plan = options.planOf(seed);
        Cluster cluster = cluster(seed, plan, running, data);
        SystemUnderTest system = cluster == null ? new Against(againstFile()).system() : cluster.system();
        String run = "C"
                + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX).toUpperCase(Locale.ROOT);
        City city;
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build()) {
            city = new NewCity(http, system, run).found();
        }
        console.progress("%d lecturers, %d branches with %d addresses, %d venues, their codes begin with %s"
                .formatted(
                        city.lecturers().size(),
                        city.branches().size(),
                        city.addresses().size(),
                        city.venues().size(),
                        run));
        Verdict verdict = new ChaosRun(system, city, data, console::progress)
                .run(seed, run, options.length(), options.organizers(), plan, cluster);
        Report report = new Report(verdict);
        Files.writeString(data.resolve("verdict.json"), report.json().toPrettyString());
        report.lines().forEach(console::line);
        if (verdict.kept()) {
            console.success("Every promise was kept.");
        } else {
            console.failure(
                    "BROKEN. Again: deploy/chaos/chaos %s; evidence in %s".formatted(options.repeat(seed), data));
        }
        return verdict;
    }

    private @Nullable Cluster cluster(long seed, FaultPlan plan, Running running, Path data) {
        if (options.against() != null) {
            console.progress("Organizers go to work on " + options.against() + "; the seed is " + seed);
            return null;
        }
        console.progress("Starting two replicas of each service; the seed is " + seed);
        Cluster cluster = running.start(() -> started(running, data, plan));
        console.progress("All replicas are ready");
        return cluster;
    }

    private Path againstFile() {
        Path file = options.against();
        if (file == null) {
            throw new IllegalStateException("There is neither a cluster nor a system that runs");
        }
        return file;
    }

    private static Cluster started(Running running, Path data, FaultPlan plan) {
        try {
            return new Cluster(running, data, root(), plan.needs());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Running.Stopping();
        }
    }

    /** The root of the repository, found from the location of this class. */
    private static Path root() {
        try {
            return Path.of(Chaos.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve("../../../..")
                    .normalize();
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
