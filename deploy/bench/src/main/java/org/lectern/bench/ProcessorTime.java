package org.lectern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Processor time used by the parts of a benchmark. Only live processes count, so take it while no process starts or
 * ends.
 *
 * @param seconds by part: each service without its compilers, the compilers of all services, PostgreSQL, Kafka with the
 *     other servers in its process, and the benchmark itself as client and receiver
 */
record ProcessorTime(LinkedHashMap<String, Double> seconds) {

    /** The part of the just-in-time compilers. */
    static final String COMPILERS = "compilers";

    static final String POSTGRESQL = "PostgreSQL";
    static final String KAFKA = "Kafka";
    static final String BENCHMARK = "benchmark";

    /** The time used so far by the stack under that root and its services; replicas of a service are added up. */
    static ProcessorTime of(Path root, List<Service> services) throws IOException {
        LinkedHashMap<String, Double> parts = new LinkedHashMap<>();
        double compilers = 0;
        for (Service service : services) {
            double ofCompilers = service.compilerSeconds();
            compilers += ofCompilers;
            parts.merge(
                    service.name() + " service",
                    seconds(process -> process.pid() == service.pid()) - ofCompilers,
                    Double::sum);
        }
        if (!services.isEmpty()) {
            parts.put(COMPILERS, compilers);
        }
        Set<Long> pids = services.stream().map(Service::pid).collect(Collectors.toSet());
        parts.put(
                POSTGRESQL,
                seconds(process -> command(process).startsWith(root.toString())
                        && command(process).endsWith("/postgres")));
        parts.put(
                KAFKA,
                seconds(process -> process.parent().equals(Optional.of(ProcessHandle.current()))
                        && !pids.contains(process.pid())
                        && !command(process).endsWith("/postgres")));
        parts.put(BENCHMARK, seconds(process -> process.equals(ProcessHandle.current())));
        return new ProcessorTime(parts);
    }

    ProcessorTime since(ProcessorTime before) {
        return with(before, (now, then) -> now - then);
    }

    /** The time per item, for this number of items. */
    ProcessorTime dividedBy(int things) {
        return with(this, (all, same) -> all / things);
    }

    private ProcessorTime with(ProcessorTime other, BinaryOperator<Double> operation) {
        LinkedHashMap<String, Double> parts = new LinkedHashMap<>();
        seconds.forEach((part, value) -> parts.put(part, operation.apply(value, other.of(part))));
        return new ProcessorTime(parts);
    }

    double of(String part) {
        return seconds.getOrDefault(part, 0.0);
    }

    /** The time per item in each repetition, by part and in total, in microseconds. */
    static List<Measure> measures(String thing, List<ProcessorTime> ofOne) {
        String label = "processor time per " + thing + ": ";
        List<Measure> measures = new ArrayList<>(ofOne.getFirst().seconds().keySet().stream()
                .map(part -> Measure.of(label + part, "µs", ofOne, one -> one.of(part) * 1e6))
                .toList());
        measures.add(Measure.of(label + "all", "µs", ofOne, one -> one.all() * 1e6));
        return measures;
    }

    double all() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static String command(ProcessHandle process) {
        return process.info().command().orElse("");
    }

    private static double seconds(Predicate<ProcessHandle> which) {
        return ProcessHandle.allProcesses()
                        .filter(which)
                        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                        .mapToLong(Duration::toMillis)
                        .sum()
                / 1000.0;
    }
}
