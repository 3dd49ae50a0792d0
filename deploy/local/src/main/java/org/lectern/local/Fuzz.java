package org.lectern.local;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lectern.local.console.Console;
import org.lectern.local.fuzz.FuzzRun;
import org.lectern.local.fuzz.Target;

/**
 * {@code deploy/local/fuzz --requests N --seed S}: hostile requests to both services. Exit code 0: no findings; 1:
 * findings, or the run failed; 2: an option was not understood.
 */
final class Fuzz {

    private static final String USAGE = """
            Usage: deploy/local/fuzz [options]

            Starts its own stack, sends hostile requests to both services and checks every response:
            no 5xx, errors as problem documents, within 5 s, one response per request, both services healthy afterwards.

              --requests N       number of requests (default 3000, or as many as fit into --minutes)
              --minutes N        longest duration (fractions are allowed)
              --seed S           seed of the random requests (default: from the clock; printed)
              --only SERVICE     scheduler or notification
              --operation ID     one operation of the OpenAPI documents, or "protocol"
              --parallel N       requests at the same time (default 1; above 1 the order differs from run to run)
              --memory N         samples both services' memory after every N requests and judges whether it is flat
              --against FILE     stack.properties of a running local stack; its data are changed and deleted
              --data DIR         folder of logs and findings (default deploy/local/target/fuzz)
              --help             show this text
            """;

    private static final int REQUESTS = 3000;
    private static final int PARALLEL_AT_MOST = 500;
    private static final Duration NO_END = Duration.ofDays(1);

    private Fuzz() {}

    private record FuzzOptions(
            FuzzRun.FuzzOptions run, Path data, @Nullable Path against) {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(out);
        FuzzOptions wanted;
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
        Running running = new Running();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            running.close();
            Runtime.getRuntime().halt(1);
        }));
        int code;
        try {
            DataFolder folder = running.start(() -> new DataFolder(wanted.data()));
            Postgres.stopAbandoned(folder.path().resolve(FuzzStack.FOLDER).resolve("postgres"));
            folder.empty();
            QuietLogs.to(folder.path());
            code = run(wanted, running, folder.path(), console) ? 0 : 1;
        } catch (ServiceProcess.Failed | IllegalArgumentException | DataFolder.InUse e) {
            console.failure(String.valueOf(e.getMessage()));
            code = 1;
        } catch (InterruptedException | IOException | RuntimeException e) {
            console.failure("The run failed: " + e);
            e.printStackTrace();
            code = 1;
        }
        running.close();
        Runtime.getRuntime().halt(code);
    }

    private static boolean run(FuzzOptions wanted, Running running, Path data, Console console)
            throws IOException, InterruptedException {
        Path description = wanted.against();
        if (description == null) {
            console.progress("Starting a stack with demonstration data; the seed is "
                    + wanted.run().seed());
            FuzzStack stack = running.start(() -> new FuzzStack(running, data));
            description = stack.awaitReady();
        }
        Target target = FuzzStack.target(new StackDescription(description));
        console.progress("Sending requests to "
                + String.join(
                        ", ",
                        target.services().stream().map(Target.Service::url).toList()));
        FuzzRun run = new FuzzRun(target, data, console::progress, console::line);
        int findings = run.run(wanted.run()).size();
        if (findings == 0) {
            console.success("No findings.");
            return true;
        }
        console.failure("%d findings with seed %d: see %s"
                .formatted(findings, wanted.run().seed(), data.resolve("findings.jsonl")));
        console.line("To repeat one operation: deploy/local/fuzz --seed %d --operation ID"
                .formatted(wanted.run().seed()));
        return false;
    }

    private static FuzzOptions wanted(String... arguments) {
        double minutes = 0;
        int requests = 0;
        long seed = System.currentTimeMillis() % 1_000_000;
        String only = "";
        String operation = "";
        int parallel = 1;
        int memoryEvery = 0;
        Path against = null;
        Path data = root().resolve("deploy/local/target/fuzz");
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--minutes" -> minutes = Double.parseDouble(arguments[++i]);
                    case "--requests" -> requests = Integer.parseInt(arguments[++i]);
                    case "--seed" -> seed = Long.parseLong(arguments[++i]);
                    case "--only" -> only = arguments[++i].toLowerCase(Locale.ROOT);
                    case "--operation" -> operation = arguments[++i];
                    case "--parallel" -> parallel = Integer.parseInt(arguments[++i]);
                    case "--memory" -> memoryEvery = Integer.parseInt(arguments[++i]);
                    case "--against" -> against = Path.of(arguments[++i]).toAbsolutePath();
                    case "--data" -> data = Path.of(arguments[++i]).toAbsolutePath();
                    default -> throw new IllegalArgumentException("Unknown option " + arguments[i]);
                }
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("An option has no value, or its value is not a number", e);
        }
        if (minutes < 0 || minutes > 24 * 60 || requests < 0) {
            throw new IllegalArgumentException("--minutes and --requests must be above 0");
        }
        if (parallel < 1 || parallel > PARALLEL_AT_MOST || memoryEvery < 0) {
            throw new IllegalArgumentException(
                    "--parallel must be 1 to " + PARALLEL_AT_MOST + ", and --memory must be above 0");
        }
        if (!only.isEmpty() && !Postgres.DATABASES.contains(only)) {
            throw new IllegalArgumentException("--only must be scheduler or notification");
        }
        int most = requests > 0 ? requests : minutes > 0 ? Integer.MAX_VALUE : REQUESTS;
        Duration length = minutes > 0 ? Duration.ofMillis((long) (minutes * 60_000)) : NO_END;
        return new FuzzOptions(
                new FuzzRun.FuzzOptions(seed, most, length, only, operation, parallel, memoryEvery), data, against);
    }

    /** The root of the repository, found from the location of this class. */
    private static Path root() {
        try {
            return Path.of(Fuzz.class
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
