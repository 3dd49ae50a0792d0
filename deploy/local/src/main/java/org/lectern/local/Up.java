package org.lectern.local;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.lectern.local.Options.InvalidOption;
import org.lectern.local.Options.Port;
import org.lectern.local.Options.PortTaken;
import org.lectern.local.console.Console;
import org.lectern.local.demo.DemoData;
import org.lectern.local.demo.Show;
import org.lectern.local.demo.Stack;

/**
 * The local product: {@code deploy/local/up}. Exit code 0: stopped on request; 1: a failure; 2: the options were not
 * understood. In every case all started processes are stopped.
 */
final class Up {

    private static final String HOST = "127.0.0.1";
    /** A service that does not start from its sources waits for the developer without a time limit. */
    private static final Duration UNTIL_FIXED = Duration.ofHours(12);

    private final Options options;
    private final Path module;
    private final Console console;
    private final Running running;
    private final DataFolder data;
    private final Map<Port, Integer> ports;
    private final HttpClient http = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    private Up(
            Options options, Path module, Console console, Running running, DataFolder data, Map<Port, Integer> ports) {
        this.options = options;
        this.module = module;
        this.console = console;
        this.running = running;
        this.data = data;
        this.ports = ports;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Instant start = Instant.ofEpochMilli(Long.getLong("lectern.started", System.currentTimeMillis()));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(out);
        Console console = Console.standard(start);
        int code;
        Running running = new Running();
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                out.print(Options.usage());
                return;
            }
            Path module = module();
            checkPlatform();
            stopOnSignal(running, console);
            Path folder = options.data() == null ? module.resolve("target/data") : options.data();
            DataFolder data = running.start(() -> new DataFolder(folder));
            data.recover(); // a killed run may still hold a port
            new Up(options, module, console, running, data, options.freePorts()).run();
            code = 1;
        } catch (InvalidOption e) {
            System.err.println(e.getMessage());
            System.err.print(Options.usage());
            code = 2;
        } catch (PortTaken | RuntimeException e) {
            code = failed(running, console, reasons(e));
        }
        running.close();
        Runtime.getRuntime().halt(code);
    }

    /** Reports the failure, unless the cause is that the stack is stopping: then waits for the stop. */
    private static int failed(Running running, Console console, String message) throws InterruptedException {
        if (running.isClosing()) {
            Thread.currentThread().join();
        }
        console.failure(message);
        return 1;
    }

    private static void stopOnSignal(Running running, Console console) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            console.line("");
            console.line("Stopping ...");
            running.close();
            console.line("Stopped.");
            Runtime.getRuntime().halt(0);
        }));
    }

    /** Returns when the stack has failed; a requested stop comes by signal instead. */
    private void run() throws InterruptedException {
        if (options.data() == null) {
            data.empty();
        }
        QuietLogs.to(data.path());
        Watchdog watchdog = running.start(Watchdog::new);

        console.progress("Starting PostgreSQL, Kafka, identity and the mail catcher ...");
        BackingServices backing = new BackingServices(
                running,
                data.path(),
                new BackingServices.Ports(
                        port(Port.POSTGRES),
                        port(Port.KAFKA),
                        port(Port.IDENTITY),
                        port(Port.SMTP),
                        port(Port.MAILBOX)),
                true);
        watchdog.watchDatabase(backing.postgres().pid());
        data.check(backing.postgres());
        console.progress("PostgreSQL, identity and the mail catcher are up; starting the services ...");
        String dev = options.dev();
        List<ServiceProcess> services = new ArrayList<>();
        if (dev != null) {
            // first, because the developer waits for it
            ServiceProcess sources = service(watchdog, backing, dev);
            services.add(sources);
            backing.broker();
            sources.awaitReady(http, health(management(dev)), UNTIL_FIXED);
            console.progress(sources.name() + " is ready in development mode; debugger port 5005");
        }
        for (String name : Postgres.DATABASES) {
            if (!name.equals(dev)) {
                services.add(service(watchdog, backing, name));
            }
        }
        backing.broker();
        console.progress("Kafka is up");
        for (ServiceProcess service : services) {
            if (!service.name().startsWith(String.valueOf(dev))) {
                service.awaitReady(http, health(management(service.name())));
                console.progress(service.name() + " is ready");
            }
        }

        Stack stack = new Stack(
                http,
                url(Port.SCHEDULER),
                url(Port.NOTIFICATION),
                url(Port.MAILBOX),
                backing.broker().bootstrapServers(),
                client -> token(backing, client),
                tokenCommand());
        demoData(stack, data.path(), console::progress);
        running.start(() -> new StateFile(data.path().resolve(StateFile.NAME), addresses(backing)));
        if (!options.headless() && dev == null) {
            Show.run(stack, console);
        }
        printAddresses(backing);
        console.heading("Open the console of organizers, and the portal of branches");
        console.line("  " + url(Port.SCHEDULER) + "/console");
        // another host than the console's: cookies know no ports, so both would share one session
        console.line("  http://" + HOST + ":" + port(Port.NOTIFICATION) + "/portal");
        console.line("  Choose a person on the sign-in page: 林薇 (Lin Wei) is an organizer, 孙丽 (Sun Li) is of a branch."
                + " No password is needed.");
        console.success(options.headless() ? "READY" : "READY - Ctrl-C stops everything.");
        awaitEnd(services);
    }

    private ServiceProcess service(Watchdog watchdog, BackingServices backing, String name) {
        boolean schedules = name.equals("scheduler");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("QUARKUS_HTTP_HOST", HOST);
        settings.put("QUARKUS_HTTP_PORT", Integer.toString(port(schedules ? Port.SCHEDULER : Port.NOTIFICATION)));
        settings.put("QUARKUS_MANAGEMENT_HOST", HOST);
        settings.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(port(management(name))));
        settings.put("QUARKUS_DATASOURCE_JDBC_URL", backing.postgres().jdbcUrl(name));
        settings.put("QUARKUS_DATASOURCE_USERNAME", name);
        settings.put("QUARKUS_DATASOURCE_PASSWORD", name);
        settings.put("KAFKA_BOOTSTRAP_SERVERS", HOST + ":" + port(Port.KAFKA));
        settings.put("QUARKUS_OIDC_AUTH_SERVER_URL", backing.identity().issuerUrl());
        settings.put("LECTERN_SESSION_PEER", url(schedules ? Port.NOTIFICATION : Port.SCHEDULER));
        if (!schedules) {
            settings.put("LECTERN_MAIL_HOST", HOST);
            settings.put("LECTERN_MAIL_PORT", Integer.toString(port(Port.SMTP)));
            // the root of the demonstration data acts as the organizers' branch
            settings.put("LECTERN_ESCALATION_ORGANIZER_BRANCH", "YT");
        }
        String fullName = name + "-service";
        Path root = module.resolve("../..").normalize();
        Path log = data.path().resolve(fullName + ".log");
        ServiceProcess service;
        if (name.equals(options.dev())) {
            service = running.start(() -> ServiceProcess.ofSources(fullName, root, log, settings));
        } else {
            settings.put("QUARKUS_PROFILE", "local");
            Path jar = root.resolve(fullName + "/target/quarkus-app/quarkus-run.jar");
            service = running.start(() -> ServiceProcess.ofJar(fullName, jar, log, settings));
        }
        watchdog.watchService(service.pid());
        return service;
    }

    private static Port management(String service) {
        return service.startsWith("scheduler") ? Port.SCHEDULER_MANAGEMENT : Port.NOTIFICATION_MANAGEMENT;
    }

    /** Loads the demonstration data once per data folder; an interrupted load is continued. */
    private static void demoData(Stack stack, Path data, Consumer<String> progress) {
        Path loaded = data.resolve("demonstration-data.loaded");
        Path day = data.resolve("demonstration-data.day");
        if (Files.exists(loaded)) {
            progress.accept("Using the data of an earlier run; no demonstration data is loaded");
            return;
        }
        try {
            if (!Files.exists(day)) {
                Files.writeString(day, DemoData.today().toString());
            }
            DemoData.load(stack, LocalDate.parse(Files.readString(day)), progress);
            Files.createFile(loaded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a service ends by itself, then reports it and stops everything: half a stack would mislead. */
    private void awaitEnd(List<ServiceProcess> services) throws InterruptedException {
        CompletableFuture<?>[] ends =
                services.stream().map(ServiceProcess::ended).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.anyOf(ends).join();
        // Ctrl-C reaches the services at the same time as this process, which then begins to stop within a moment.
        TimeUnit.SECONDS.sleep(1);
        if (running.isClosing()) {
            throw new Running.Stopping();
        }
        for (ServiceProcess service : services) {
            if (service.ended().isDone()) {
                throw new ServiceProcess.Failed(service.name() + " stopped unexpectedly with code "
                        + service.ended().join() + ". The local stack is stopped.\n" + service.tail());
            }
        }
    }

    private Map<String, String> addresses(BackingServices backing) {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("scheduler", url(Port.SCHEDULER));
        addresses.put("notification", url(Port.NOTIFICATION));
        addresses.put("scheduler.management", url(Port.SCHEDULER_MANAGEMENT));
        addresses.put("notification.management", url(Port.NOTIFICATION_MANAGEMENT));
        addresses.put("mailbox", url(Port.MAILBOX));
        addresses.put("issuer", backing.identity().issuerUrl());
        addresses.put("kafka", backing.broker().bootstrapServers());
        addresses.put("smtp.port", Integer.toString(port(Port.SMTP)));
        addresses.put("postgres.scheduler", backing.postgres().jdbcUrl("scheduler"));
        addresses.put("postgres.notification", backing.postgres().jdbcUrl("notification"));
        addresses.put("pid", Long.toString(ProcessHandle.current().pid()));
        return addresses;
    }

    private void printAddresses(BackingServices backing) {
        console.heading("Addresses");
        console.line("  scheduler-service     " + url(Port.SCHEDULER) + "/q/swagger-ui");
        console.line("  notification-service  " + url(Port.NOTIFICATION) + "/q/swagger-ui");
        console.line("  mailbox               " + url(Port.MAILBOX));
        console.line("  health and metrics    " + url(Port.SCHEDULER_MANAGEMENT) + "/q/health  "
                + url(Port.NOTIFICATION_MANAGEMENT) + "/q/health");
        console.line("  Kafka                 " + backing.broker().bootstrapServers());
        console.line("  PostgreSQL            " + HOST + ":" + port(Port.POSTGRES)
                + "  (databases, users and passwords: scheduler, notification)");
        console.line("  tokens                " + tokenCommand()
                + " organizer | branch CODE | lecturer CODE | operator | auditor");
        console.line("  logs and data         " + data.path());
    }

    /** The command for {@code token}, relative to the developer's working directory. */
    private String tokenCommand() {
        Path here = Path.of("").toAbsolutePath();
        Path command = module.resolve("token");
        Path shown = command.startsWith(here) ? here.relativize(command) : command;
        return options.data() == null ? shown.toString() : shown + " --data " + data.path();
    }

    private static String token(BackingServices backing, String client) {
        try {
            return Token.fetch(URI.create(backing.identity().issuerUrl()), client);
        } catch (IOException e) {
            throw new UncheckedIOException("The identity provider returned no token", e);
        }
    }

    private int port(Port port) {
        Integer number = ports.get(port);
        if (number == null) {
            throw new IllegalStateException("No port for " + port.option());
        }
        return number;
    }

    private String url(Port port) {
        return "http://localhost:" + port(port);
    }

    private URI health(Port management) {
        return URI.create("http://" + HOST + ":" + port(management) + "/q/health/ready");
    }

    /** The folder of this module, found from the location of its classes. */
    private static Path module() {
        try {
            Path classes = Path.of(
                    Up.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return classes.resolve("../..").normalize();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void checkPlatform() {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch");
        if (!system.equals("Linux") || !processor.equals("amd64")) {
            throw new ServiceProcess.Failed(
                    "The local stack includes PostgreSQL for Linux on x86-64 only. This machine is " + system + " on "
                            + processor.toLowerCase(Locale.ROOT) + ".");
        }
    }

    private static String reasons(Throwable failure) {
        var text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : "\n  because: ")
                    .append(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }
        return text.toString();
    }
}
