package org.lectern.local.fuzz;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The condition of a service, from its management port and the operating system. */
final class ServiceWatch implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Target.Service service;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    ServiceWatch(Target.Service service) {
        this.service = service;
    }

    /** Empty if the service is healthy; otherwise its answer. */
    String complaint() throws InterruptedException {
        String url = service.management().isEmpty() ? service.url() + "/q/openapi" : service.management() + "/q/health";
        try {
            var answer = get(url);
            return answer.statusCode() == 200 ? "" : answer.statusCode() + ": " + answer.body();
        } catch (IOException e) {
            return "no answer: " + e;
        }
    }

    /** Waits until the service is healthy; returns the last answer after the timeout. */
    String complaintAfter(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        String complaint = complaint();
        while (!complaint.isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(500);
            complaint = complaint();
        }
        return complaint;
    }

    String name() {
        return service.name();
    }

    /** Resident memory in MiB; 0 if the process is not on this machine. */
    long residentMebibytes() {
        return residentKibibytes() / 1024;
    }

    /** Resident memory in KiB; 0 if the process is not on this machine. */
    long residentKibibytes() {
        if (service.pid() == 0) {
            return 0;
        }
        try (var lines = Files.lines(Path.of("/proc", Long.toString(service.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // the process has ended, which its health check reports
        }
    }

    /**
     * Writes the live objects by class after two full garbage collections, for the first only finds what a cleaner has
     * yet to free. Writes nothing if the process is not on this machine.
     */
    void writeClassHistogram(Path file) throws IOException, InterruptedException {
        if (service.pid() != 0) {
            jcmd("GC.run", file);
            jcmd("GC.class_histogram", file);
        }
    }

    /** The process waits until its output is taken, so it goes straight to the file. */
    private void jcmd(String command, Path output) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(service.pid()),
                        command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            jcmd.waitFor();
        } finally {
            jcmd.destroy();
        }
    }

    /** Empty if there is no management port or no answer. */
    String metrics() throws InterruptedException {
        if (service.management().isEmpty()) {
            return "";
        }
        try {
            return get(service.management() + "/q/metrics").body();
        } catch (IOException e) {
            return "";
        }
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.close();
    }
}
