package org.lectern.local.fuzz;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.lectern.local.fuzz.MemoryTrend.Sample;

/**
 * Samples the memory of the services during a run: resident memory, and the live heap after a full garbage collection
 * that it asks for. Keeps the first and the last histogram of classes, whose difference names what grew.
 */
final class MemoryWatch implements AutoCloseable {

    private static final String TOTAL = "Total";

    private final Path data;
    private final Duration every;
    private final LongSupplier requests;
    private final Map<ServiceWatch, List<Sample>> samples = new LinkedHashMap<>();
    private final BufferedWriter table;
    private final long start = System.nanoTime();
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable Thread thread;

    /**
     * @param data receives {@code memory.tsv} and the histograms
     * @param requests sent so far
     */
    MemoryWatch(Path data, Duration every, List<ServiceWatch> services, LongSupplier requests) throws IOException {
        this.data = data;
        this.every = every;
        this.requests = requests;
        services.forEach(each -> samples.put(each, new ArrayList<>()));
        table = Files.newBufferedWriter(data.resolve("memory.tsv"));
        table.write("seconds\trequests\tservice\tresident KiB\theap after GC KiB\n");
    }

    void begin() {
        thread = Thread.ofPlatform().name("memory").daemon().start(this::run);
    }

    private void run() {
        try {
            while (!over.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
                sample();
            }
            sample(); // after the last request
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sample() throws IOException, InterruptedException {
        for (Map.Entry<ServiceWatch, List<Sample>> each : samples.entrySet()) {
            ServiceWatch watch = each.getKey();
            Path histogram = data.resolve("classes-" + watch.name() + ".txt");
            watch.writeClassHistogram(histogram);
            long heap = Files.exists(histogram) ? totalBytes(Files.readAllLines(histogram)) / 1024 : 0;
            if (heap == 0) {
                continue; // the service has ended, which its health check reports
            }
            if (each.getValue().isEmpty()) {
                Files.copy(histogram, data.resolve("classes-" + watch.name() + "-first.txt"));
            }
            Sample sample = new Sample(requests.getAsLong(), watch.residentKibibytes(), heap);
            each.getValue().add(sample);
            table.write("%d\t%d\t%s\t%d\t%d\n"
                    .formatted(
                            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
                            sample.requests(),
                            watch.name(),
                            sample.resident(),
                            sample.heap()));
            table.flush();
        }
    }

    /** The bytes in the last line of {@code jcmd GC.class_histogram}; 0 without such a line. */
    static long totalBytes(List<String> histogram) {
        return histogram.stream()
                .filter(line -> line.startsWith(TOTAL))
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length == 3)
                .mapToLong(words -> Long.parseLong(words[2]))
                .findFirst()
                .orElse(0);
    }

    /** The samples of a service; call it after {@link #close}. */
    List<Sample> of(ServiceWatch service) {
        return samples.getOrDefault(service, List.of());
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        Thread running = thread;
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        table.close();
    }
}
