package org.lectern.chaos;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
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
import org.lectern.chaos.fault.Fault;
import org.lectern.chaos.load.NewCity;
import org.lectern.chaos.system.Against;
import org.lectern.local.DataFolder;
import org.lectern.local.QuietLogs;
import org.lectern.local.Running;
import org.lectern.local.console.Console;

/**
 * {@code deploy/chaos/chaos --minutes N --seed S}: load and random faults against the whole product, and a verdict from
 * the evidence. Ends with 0 when every promise was kept, with 1 when one was broken or the run failed, and with 2 when it
 * was not understood.
 */
final class Chaos {

    private static final String USAGE = """
            Usage: deploy/chaos/chaos [options]

            Runs two replicas of each service with PostgreSQL, Kafka and a mail server, lets organizers book, hold, move
            and cancel, lets things go wrong, and then checks from both databases, the topic, the mails and every answer
            whether anything was lost, double-booked, out of order or done twice.

              --minutes N      how long (default 3; fractions are fine)
              --seed S         what happens: load and faults are drawn from it (default: from the clock, and printed)
              --organizers N   how many work at a time (default 6)
              --faults A,B,…   these faults, one after the other, instead of those drawn from the seed; "all" for every one
              --no-faults      only the load
              --against FILE   a system that runs already, such as a staging one: only load and verdict, in a city of
                               the run's own; deploy/chaos/README.md says what the file says
              --data DIR       where logs, journal and data go (default deploy/chaos/target/run)
              --plan           print the faults of the seed, and end
              --help           this text
            """;

    private Chaos() {}

    /**
     * What was asked for.
     *
     * @param which the options that chose the faults
     */
    private record Wanted(
            Duration length,
            long seed,
            int organizers,
            List<Fault> faults,
            Path data,
            @Nullable Path against,
            boolean plan,
            String which) {}

    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(out);
        Wanted wanted;
        try {
            if (List.of(arguments).contains("--help")) {
                out.print(USAGE);
                return;
            }
            wanted = wanted(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(USAGE);
            Runtime.getRuntime().halt(2);
            return;
        }
        Console console = Console.standard(Instant.now());
        if (wanted.plan()) {
            ChaosRun.describe(wanted.faults()).forEach(console::line);
            return;
        }
        Running running = new Running();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            running.close();
            Runtime.getRuntime().halt(1);
        }));
        int code;
        try {
            DataFolder folder = running.start(() -> new DataFolder(wanted.data()));
            folder.recover();
            folder.empty();
            QuietLogs.to(folder.path());
            code = run(wanted, running, folder.path(), console) ? 0 : 1;
        } catch (IOException | RuntimeException e) {
            console.failure("The run failed: " + e);
            e.printStackTrace();
            code = 1;
        }
        running.close();
        Runtime.getRuntime().halt(code);
    }

    private static Cluster cluster(Running running, Path data) {
        try {
            return new Cluster(running, data, root());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Running.Stopping();
        }
    }

    private static Wanted wanted(String... arguments) {
        double minutes = 3;
        long seed = System.currentTimeMillis() % 1_000_000;
        int organizers = 6;
        List<String> named = List.of();
        boolean faults = true;
        boolean plan = false;
        Path against = null;
        Path data = root().resolve("deploy/chaos/target/run");
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--minutes" -> minutes = Double.parseDouble(arguments[++i]);
                    case "--seed" -> seed = Long.parseLong(arguments[++i]);
                    case "--organizers" -> organizers = Integer.parseInt(arguments[++i]);
                    case "--data" -> data = Path.of(arguments[++i]).toAbsolutePath();
                    case "--faults" -> named = List.of(arguments[++i].split(",", -1));
                    case "--no-faults" -> faults = false;
                    case "--plan" -> plan = true;
                    case "--against" -> against = Path.of(arguments[++i]).toAbsolutePath();
                    default -> throw new IllegalArgumentException("Unknown option " + arguments[i]);
                }
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("An option has no value, or one that is no number", e);
        }
        if (!(minutes > 0 && minutes <= 24 * 60) || organizers < 1 || organizers > 200) {
            throw new IllegalArgumentException("--minutes must be above 0, --organizers 1 to 200");
        }
        if (against != null) {
            if (!named.isEmpty() || plan) {
                throw new IllegalArgumentException("With --against the faults are yours to make, not this command's");
            }
            faults = false;
        }
        Duration length = Duration.ofMillis((long) (minutes * 60_000));
        List<Fault> planned = List.of();
        String which = String.format(Locale.ROOT, "--minutes %.2f%s", minutes, faults ? "" : " --no-faults");
        if (against != null) {
            which = "--against " + against;
        }
        if (!named.isEmpty()) {
            planned = ChaosRun.faults(seed, named);
            length = Duration.ZERO;
            which = "--faults " + String.join(",", named);
        } else if (faults) {
            planned = ChaosRun.faults(seed, length);
        }
        return new Wanted(length, seed, organizers, planned, data, against, plan, which);
    }

    private static boolean run(Wanted wanted, Running running, Path data, Console console)
            throws IOException, InterruptedException {
        Cluster cluster = null;
        ChaosRun.Target target;
        if (wanted.against() != null) {
            target = new Against(wanted.against()).target();
            console.progress("Organizers go to work on "
                    + String.join(", ", target.schedulers().get()) + "; the seed is " + wanted.seed());
        } else {
            console.progress("Starting two replicas of each service; the seed is " + wanted.seed());
            cluster = running.start(() -> cluster(running, data));
            target = cluster.target();
            console.progress("All replicas are ready");
        }
        String of = "C"
                + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX).toUpperCase(Locale.ROOT);
        ChaosRun.Places places;
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build()) {
            places = new NewCity(http, target, of).places(cluster);
        }
        console.progress("%d lecturers, %d branches with %d addresses, %d venues, their codes begin with %s"
                .formatted(
                        places.city().lecturers().size(),
                        places.city().branches().size(),
                        places.addresses().size(),
                        places.city().venues().size(),
                        of));
        ChaosRun run = new ChaosRun(target, places, data, console::progress);
        ChaosRun.Verdict verdict =
                run.run(wanted.seed(), of, wanted.length(), wanted.organizers(), wanted.faults(), cluster);
        Files.writeString(data.resolve("verdict.json"), verdict.report().toPrettyString());
        verdict.lines().forEach(console::line);
        if (verdict.kept()) {
            console.success("Every promise was kept.");
        } else {
            console.failure("BROKEN. Again: deploy/chaos/chaos %s --seed %d --organizers %d; evidence in %s"
                    .formatted(wanted.which(), wanted.seed(), wanted.organizers(), data));
        }
        return verdict.kept();
    }

    /** The repository, from where this class is. */
    private static Path root() {
        try {
            return Path.of(Chaos.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve("../../../..")
                    .normalize();
        } catch (java.net.URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
