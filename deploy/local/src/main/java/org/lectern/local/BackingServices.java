package org.lectern.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * PostgreSQL, Kafka, the identity provider and the mail catcher, started in parallel. Kafka takes longest and starts in
 * the background: {@link #broker()} waits for it, the others are ready once this object exists.
 *
 * <p>As a separate process ({@link #main}) it prints its addresses as {@code key=value} lines, then {@code READY}, and
 * runs until its standard input ends. It therefore stops whenever its parent process dies. It then deletes everything
 * in its data folder except logs.
 */
final class BackingServices {

    private final CompletableFuture<Broker> broker;
    private final Postgres postgres;
    private final Identity identity;
    private final Mail mail;

    /** The ports to listen on; 0 selects a free one. */
    record Ports(int postgres, int kafka, int identity, int smtp, int mailbox) {
        static final Ports FREE = new Ports(0, 0, 0, 0, 0);
    }

    /** Everything started is registered with {@code running}, which stops it. */
    BackingServices(Running running, Path data, Ports ports, boolean durable) {
        broker = CompletableFuture.supplyAsync(
                () -> running.start(() -> new Broker(data, orFree(ports.kafka()), orFree(0))),
                Thread::startVirtualThread);
        postgres = running.start(() -> new Postgres(data, orFree(ports.postgres()), durable));
        identity = running.start(() -> new Identity(orFree(ports.identity())));
        mail = running.start(() -> new Mail(orFree(ports.smtp()), orFree(ports.mailbox())));
    }

    Postgres postgres() {
        return postgres;
    }

    /** The broker, once it is ready and has its topics. */
    Broker broker() {
        try {
            return broker.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    Identity identity() {
        return identity;
    }

    Mail mail() {
        return mail;
    }

    static void end(Running running, Path data) {
        running.close();
        try {
            DataFolder.keepLogs(data);
        } catch (IOException e) {
            System.err.println("Data was left behind: " + e);
        }
    }

    private static int orFree(int port) {
        return port == 0 ? FreePort.any() : port;
    }

    /** {@code BackingServices DATA_FOLDER [durable]}: tests run PostgreSQL without durability, benchmarks with it. */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // output of libraries must not mix with the addresses
        Path data = Path.of(args[0]);
        QuietLogs.to(data);
        Running running = new Running();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(running, data)));
        try {
            BackingServices services =
                    new BackingServices(running, data, Ports.FREE, args.length > 1 && args[1].equals("durable"));
            out.println("postgres.scheduler=" + services.postgres.jdbcUrl("scheduler"));
            out.println("postgres.notification=" + services.postgres.jdbcUrl("notification"));
            out.println("kafka=" + services.broker().bootstrapServers());
            out.println("issuer=" + services.identity.issuerUrl());
            out.println("smtp.port=" + services.mail.port());
            out.println("mailbox.port=" + services.mail.mailboxPort());
            out.println("READY");
        } catch (RuntimeException e) {
            e.printStackTrace();
            System.exit(1);
        }
        while (System.in.read() >= 0) {
            // only the end of the input matters
        }
        System.exit(0);
    }
}
