package org.lectern.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.lectern.local.chaos.ChaosRun;
import org.lectern.local.chaos.Fault;
import org.lectern.local.chaos.Load;

/**
 * {@code deploy/local/chaos --minutes N --seed S}: load and random faults against the whole product, and a verdict from
 * the evidence. Ends with 0 when every promise was kept, with 1 when one was broken or the run failed, and with 2 when it
 * was not understood.
 */
final class Chaos {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USAGE = """
            Usage: deploy/local/chaos [options]

            Runs two replicas of each service with PostgreSQL, Kafka and a mail server, lets organizers book, hold, move
            and cancel, lets things go wrong, and then checks from both databases, the topic, the mails and every answer
            whether anything was lost, double-booked, out of order or done twice.

              --minutes N      how long (default 3; fractions are fine)
              --seed S         what happens: load and faults are drawn from it (default: from the clock, and printed)
              --organizers N   how many work at a time (default 6)
              --faults A,B,…   these faults, one after the other, instead of those drawn from the seed; "all" for every one
              --no-faults      only the load
              --data DIR       where logs, journal and data go (default deploy/local/target/chaos)
              --plan           print the faults of the seed, and end
              --help           this text
            """;

    private final Cluster cluster;
    private final HttpClient http;
    private final String organizer;

    private Chaos(Cluster cluster) throws IOException {
        this.cluster = cluster;
        this.http = cluster.http();
        organizer = Token.fetch(URI.create(cluster.issuer()), "organizer");
    }

    /**
     * What was asked for.
     *
     * @param which the options that chose the faults
     */
    private record Wanted(
            Duration length, long seed, int organizers, List<Fault> faults, Path data, boolean plan, String which) {}

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
            console.progress("Starting two replicas of each service; the seed is " + wanted.seed());
            Cluster cluster = running.start(() -> cluster(running, folder.path()));
            console.progress("All replicas are ready");
            code = new Chaos(cluster).run(wanted, folder.path(), console) ? 0 : 1;
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
        Path data = root().resolve("deploy/local/target/chaos");
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
                    default -> throw new IllegalArgumentException("Unknown option " + arguments[i]);
                }
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("An option has no value, or one that is no number", e);
        }
        if (!(minutes > 0 && minutes <= 24 * 60) || organizers < 1 || organizers > 200) {
            throw new IllegalArgumentException("--minutes must be above 0, --organizers 1 to 200");
        }
        Duration length = Duration.ofMillis((long) (minutes * 60_000));
        List<Fault> planned = List.of();
        String which = String.format(Locale.ROOT, "--minutes %.2f%s", minutes, faults ? "" : " --no-faults");
        if (!named.isEmpty()) {
            planned = ChaosRun.faults(seed, named);
            length = Duration.ZERO;
            which = "--faults " + String.join(",", named);
        } else if (faults) {
            planned = ChaosRun.faults(seed, length);
        }
        return new Wanted(length, seed, organizers, planned, data, plan, which);
    }

    private boolean run(Wanted wanted, Path data, Console console) throws IOException, InterruptedException {
        ChaosRun.Places places = city();
        console.progress("%d lecturers, %d branches with an e-mail address, every other with a webhook too, %d venues"
                .formatted(
                        places.city().lecturers().size(),
                        places.city().branches().size(),
                        places.city().venues().size()));
        var target = new ChaosRun.Target(
                cluster.schedulers(),
                cluster.notifications(),
                organizer,
                cluster.jdbcUrl("scheduler"),
                cluster.jdbcUrl("notification"),
                cluster.bootstrapServers(),
                cluster.mails()::all,
                cluster.received()::all);
        ChaosRun run = new ChaosRun(target, places, data, console::progress);
        ChaosRun.Verdict verdict =
                run.run(wanted.seed(), wanted.length(), wanted.organizers(), wanted.faults(), cluster);
        Files.writeString(data.resolve("verdict.json"), verdict.report().toPrettyString());
        verdict.lines().forEach(console::line);
        if (verdict.kept()) {
            console.success("Every promise was kept.");
        } else {
            console.failure("BROKEN. Again: deploy/local/chaos %s --seed %d --organizers %d; evidence in %s"
                    .formatted(wanted.which(), wanted.seed(), wanted.organizers(), data));
        }
        return verdict.kept();
    }

    /** A small city, so that organizers get into each other's way; secrets are where only the scheduler may know them. */
    private ChaosRun.Places city() throws IOException, InterruptedException {
        String canary = "canary-" + UUID.randomUUID();
        List<String> topics = new ArrayList<>();
        List<String> branches = new ArrayList<>();
        List<String> venues = new ArrayList<>();
        List<String> lecturers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            topics.add(create(
                    "/topics",
                    object().put("code", "T-" + i).put("title", "Topic " + i).put("durationMinutes", 60 + 30 * i)));
        }
        for (int i = 0; i < 12; i++) {
            branches.add(create(
                    "/branches",
                    object().put("code", "B-" + i)
                            .put("name", "Branch " + i)
                            .put("kind", "village")
                            .put("zone", "Asia/Shanghai")
                            .put("locale", i % 2 == 0 ? "zh-CN" : "en")));
        }
        for (int i = 0; i < 6; i++) {
            venues.add(create(
                    "/venues",
                    object().put("code", "V-" + i).put("name", "Hall " + i).put("kind", "lecture-hall")));
        }
        for (int i = 0; i < 8; i++) {
            ObjectNode lecturer = object().put("code", "L-" + i)
                    .put("name", "Lecturer " + i)
                    .put("tier", "county")
                    .put("email", canary + "-" + i + "@lecturers.example.org");
            topics.forEach(lecturer.withArray("topicIds")::add);
            lecturers.add(create("/lecturers", lecturer));
        }
        List<ChaosRun.Address> addresses = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            addresses.add(mailbox(branches.get(i), "b-" + i + "@branches.example.org"));
            if (i % 2 == 0) {
                addresses.add(ownSystem(branches.get(i), "/hooks/b-" + i));
            }
        }
        return new ChaosRun.Places(new Load.City(lecturers, topics, branches, venues), addresses, canary);
    }

    private ChaosRun.Address mailbox(String branch, String address) throws IOException, InterruptedException {
        return new ChaosRun.Address(id(endpoint(branch, "email", address)), UUID.fromString(branch), address);
    }

    /** A webhook that was shown its secret and proved that it is there. */
    private ChaosRun.Address ownSystem(String branch, String path) throws IOException, InterruptedException {
        JsonNode endpoint = endpoint(branch, "webhook", cluster.webhookUrl(path));
        cluster.received().knows(path, endpoint.path("secret").asText());
        var answer = post(
                cluster.notifications().getFirst() + "/api/v1/branches/" + branch + "/endpoints/" + id(endpoint)
                        + "/verify",
                object());
        if (!JSON.readTree(answer.body()).path("succeeded").asBoolean()) {
            throw new IllegalStateException("The webhook was not verified: " + answer.body());
        }
        return new ChaosRun.Address(id(endpoint), UUID.fromString(branch), path);
    }

    private static UUID id(JsonNode thing) {
        return UUID.fromString(thing.path("id").asText());
    }

    private JsonNode endpoint(String branch, String channel, String address) throws IOException, InterruptedException {
        String url = cluster.notifications().getFirst() + "/api/v1/branches/" + branch + "/endpoints";
        Instant deadline = Instant.now().plusSeconds(60);
        while (true) {
            var answer = post(url, object().put("channel", channel).put("address", address));
            if (answer.statusCode() == 201) {
                return JSON.readTree(answer.body());
            }
            if (answer.statusCode() != 404 || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException(url + " answered " + answer.statusCode() + ": " + answer.body());
            }
            TimeUnit.MILLISECONDS.sleep(200); // the notification service learns of branches from Kafka
        }
    }

    private String create(String path, JsonNode body) throws IOException, InterruptedException {
        var answer = post(cluster.schedulers().getFirst() + "/api/v1" + path, body);
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body()).path("id").asText();
    }

    private HttpResponse<String> post(String url, JsonNode body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + organizer)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static ObjectNode object() {
        return JSON.createObjectNode();
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
