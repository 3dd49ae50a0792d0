package org.lectern.local.fuzz;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lectern.local.fuzz.MemoryTrend.Sample;

/**
 * Samples the memory of the services: resident memory, and the live heap after full garbage collections that it asks
 * for. Keeps the first and the last histogram of classes; their difference names what grew.
 */
final class MemoryWatch implements AutoCloseable {

    private static final String TOTAL = "Total";

    private final Path data;
    private final Map<ServiceWatch, List<Sample>> samples = new LinkedHashMap<>();
    private final BufferedWriter table;
    private final long start = System.nanoTime();

    /** @param data receives {@code memory.tsv} and the histograms */
    MemoryWatch(Path data, List<ServiceWatch> services) throws IOException {
        this.data = data;
        services.forEach(each -> samples.put(each, new ArrayList<>()));
        table = Files.newBufferedWriter(data.resolve("memory.tsv"));
        table.write("seconds\trequests\tservice\tresident KiB\theap after GC KiB\n");
    }

    /**
     * Samples each service once.
     *
     * @param requests answered until now
     */
    void sample(long requests) throws IOException, InterruptedException {
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
            Sample sample = new Sample(requests, watch.residentKibibytes(), heap);
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

    /** The samples of a service so far. */
    List<Sample> of(ServiceWatch service) {
        return samples.getOrDefault(service, List.of());
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
