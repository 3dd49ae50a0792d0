package org.lectern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What the parts of a benchmark have taken of the processors, in seconds: only what is still alive counts, so it is to be
 * taken while no process comes or goes.
 *
 * @param service without its compilers
 * @param kafka and what else runs in its process
 * @param bench whoever asks and receives
 */
record ProcessorTime(double service, double compilers, double postgres, double kafka, double bench) {

    /** So far, of the stack under that root and one service. */
    static ProcessorTime of(Path root, Service service) throws IOException {
        double compilers = service.compilerSeconds();
        return new ProcessorTime(
                seconds(process -> process.pid() == service.pid()) - compilers,
                compilers,
                seconds(process -> command(process).startsWith(root.toString())
                        && command(process).endsWith("/postgres")),
                seconds(process -> process.parent().equals(Optional.of(ProcessHandle.current()))
                        && process.pid() != service.pid()),
                seconds(process -> process.equals(ProcessHandle.current())));
    }

    ProcessorTime since(ProcessorTime before) {
        return new ProcessorTime(
                service - before.service,
                compilers - before.compilers,
                postgres - before.postgres,
                kafka - before.kafka,
                bench - before.bench);
    }

    /** What each of so many things took. */
    ProcessorTime dividedBy(int things) {
        return new ProcessorTime(
                service / things, compilers / things, postgres / things, kafka / things, bench / things);
    }

    /** What one thing took in each repetition, part by part, in microseconds. */
    static List<Measure> measures(String thing, List<ProcessorTime> ofOne) {
        return List.of(
                measure(thing, "service", ofOne, ProcessorTime::service),
                measure(thing, "compilers of the service", ofOne, ProcessorTime::compilers),
                measure(thing, "PostgreSQL", ofOne, ProcessorTime::postgres),
                measure(thing, "Kafka", ofOne, ProcessorTime::kafka),
                measure(thing, "benchmark", ofOne, ProcessorTime::bench));
    }

    private static Measure measure(
            String thing, String part, List<ProcessorTime> ofOne, ToDoubleFunction<ProcessorTime> seconds) {
        return Measure.of(
                "processor time per " + thing + ": " + part, "µs", ofOne, one -> seconds.applyAsDouble(one) * 1e6);
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
