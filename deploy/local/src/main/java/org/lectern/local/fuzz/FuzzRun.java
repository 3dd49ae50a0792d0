package org.lectern.local.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lectern.local.fuzz.Finding.Kind;

/** One run: draws, sends and judges requests, and records its findings. */
public final class FuzzRun {

    /** Longer than the oracle's limit, to measure how late an answer is. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final int PROGRESS_EVERY = 500;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final Target target;
    private final Path data;
    private final Consumer<String> progress;
    private final Consumer<String> out;
    private final Summary summary = new Summary();
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final AtomicInteger answered = new AtomicInteger();

    /**
     * The scope of a run.
     *
     * @param requests maximum number of requests
     * @param length maximum duration
     * @param only name of a service, or empty for both
     * @param operation id of an operation, or empty for all
     * @param parallel requests at the same time; above 1 their order is not repeatable
     * @param memoryEvery requests between samples of the services' memory; 0: none
     */
    public record FuzzOptions(
            long seed, int requests, Duration length, String only, String operation, int parallel, int memoryEvery) {}

    /** A service under fuzz. */
    private record Lane(Target.Service service, Connection connection, ServiceWatch watch, long residentBefore) {}

    /** @param data receives {@code requests.tsv}, {@code findings.jsonl} and {@code verdict.json} */
    public FuzzRun(Target target, Path data, Consumer<String> progress, Consumer<String> out) {
        this.target = target;
        this.data = data;
        this.progress = progress;
        this.out = out;
    }

    /**
     * Sends the requests and returns the findings. The same seed creates the same requests on the same data and day.
     *
     * @throws IllegalArgumentException if the operation does not exist
     */
    public List<Finding> run(FuzzOptions wanted) throws IOException, InterruptedException {
        try (Discovery discovery = new Discovery(target);
                Report report = new Report(data, wanted.seed(), out)) {
            Plan plan = plan(wanted, discovery);
            report.fact("requests in a round", plan.round());
            if (wanted.memoryEvery() == 0) {
                send(wanted, plan, discovery, report, null);
            } else {
                sendAndWatch(wanted, plan, discovery, report);
            }
            report.fact("valid requests", summary.validRequests());
            judgeServices(report);
            report.end(summary);
            return report.findings();
        } finally {
            lanes.values().forEach(lane -> lane.watch().close());
        }
    }

    private Plan plan(FuzzOptions wanted, Discovery discovery) throws IOException, InterruptedException {
        Map<Target.Service, ApiDocument> documents = new LinkedHashMap<>();
        for (Target.Service service : target.services()) {
            documents.put(service, discovery.document(service));
        }
        KnownIds ids = discovery.ids(documents);
        progress.accept("Known ids by collection: " + ids.sizes());
        LocalDate day = LocalDate.now(ZONE).plusDays(3);
        Plan plan = new Plan();
        for (Map.Entry<Target.Service, ApiDocument> each : documents.entrySet()) {
            Target.Service service = each.getKey();
            if (wanted.only().isEmpty() || wanted.only().equals(service.name())) {
                var generator = new RequestGenerator(wanted.seed(), each.getValue(), ids, day);
                plan.add(generator, new ProtocolCases(service.name(), generator.writingPath()), wanted.operation());
                ServiceWatch watch = new ServiceWatch(service);
                lanes.put(
                        service.name(),
                        new Lane(
                                service,
                                new Connection(service.address(), PATIENCE),
                                watch,
                                watch.residentMebibytes()));
            }
        }
        if (plan.isEmpty()) {
            throw new IllegalArgumentException("There is no operation " + wanted.operation());
        }
        return plan;
    }

    private void sendAndWatch(FuzzOptions wanted, Plan plan, Discovery discovery, Report report)
            throws IOException, InterruptedException {
        List<ServiceWatch> watches = lanes.values().stream().map(Lane::watch).toList();
        MemoryWatch memory = new MemoryWatch(data, watches);
        try (memory) {
            send(wanted, plan, discovery, report, memory);
        }
        for (ServiceWatch each : watches) {
            List<MemoryTrend.Sample> samples = memory.of(each);
            if (MemoryTrend.enough(samples)) {
                judgeMemory(each.name(), "heap after GC", MemoryTrend.heap(samples), report);
                judgeMemory(each.name(), "resident memory", MemoryTrend.resident(samples), report);
            } else {
                report.fact(
                        each.name() + " heap after GC",
                        "not judged: fewer than " + MemoryTrend.SAMPLES_AT_LEAST + " samples");
            }
        }
    }

    private static void judgeMemory(String service, String what, MemoryTrend.Trend trend, Report report) {
        report.fact(service + " " + what + ", second to last fifth", trend.shown());
        if (!trend.flat()) {
            report.add(new Finding(Kind.MEMORY, service, "", "during the run", what + ": " + trend.shown(), ""));
        }
    }

    /**
     * Sends the requests of the plan. Memory is sampled after equal numbers of requests, while none is under way:
     * neither what a request holds nor the speed of the machine is in the samples.
     */
    private void send(FuzzOptions wanted, Plan plan, Discovery discovery, Report report, @Nullable MemoryWatch memory)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + wanted.length().toNanos();
        long step = memory == null ? wanted.requests() : wanted.memoryEvery();
        boolean goesOn = true;
        for (long from = 0; goesOn && from < wanted.requests(); from += step) {
            int until = (int) Math.min(from + step, wanted.requests());
            goesOn = send((int) from, until, end, wanted.parallel(), plan, discovery, report);
            if (goesOn && memory != null) {
                memory.sample(answered.get());
            }
        }
    }

    /**
     * Sends the requests of these positions from so many threads; each takes the next one. Returns false if the time is
     * up or a service has ended.
     */
    private boolean send(int from, int until, long end, int parallel, Plan plan, Discovery discovery, Report report)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger(from);
        AtomicBoolean over = new AtomicBoolean();
        List<Callable<Boolean>> senders = Collections.nCopies(parallel, () -> {
            try {
                for (int position = next.getAndIncrement();
                        position < until && !over.get();
                        position = next.getAndIncrement()) {
                    FuzzRequest request = plan.request(position);
                    if (System.nanoTime() >= end) {
                        over.set(true);
                    } else if (!send(request, lane(request), discovery, report) && !over.getAndSet(true)) {
                        progress.accept(request.service() + " did not recover; the run ends here");
                    }
                }
                return true;
            } catch (RuntimeException e) {
                over.set(true);
                throw e;
            }
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> each : threads.invokeAll(senders)) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A request could not be sent", e.getCause());
        }
        return !over.get();
    }

    private Lane lane(FuzzRequest request) {
        Lane lane = lanes.get(request.service());
        if (lane == null) {
            throw new IllegalStateException("No service " + request.service());
        }
        return lane;
    }

    /** Returns false if the service has ended. */
    private boolean send(FuzzRequest request, Lane lane, Discovery discovery, Report report)
            throws InterruptedException {
        Target.Service service = lane.service();
        String etag = request.etagFrom() == null ? "" : discovery.etag(service, request.etagFrom());
        String token = discovery.tokens().getOrDefault(request.caller(), "");
        Exchange exchange = lane.connection().send(request.octets(service.host(), token, etag), request.expectation());
        List<Oracle.Judgement> broken = Oracle.judge(request, exchange);
        String text = broken.isEmpty() ? "" : RequestText.of(request, service.url(), etag);
        record(request, exchange, broken, text, report);
        boolean gone = broken.stream().anyMatch(each -> each.kind() == Kind.UNREACHABLE);
        return !gone || lane.watch().complaintAfter(RECOVERY).isEmpty();
    }

    private synchronized void record(
            FuzzRequest request, Exchange exchange, List<Oracle.Judgement> broken, String text, Report report) {
        summary.add(request, exchange, broken.size());
        report.journal(request, exchange);
        for (Oracle.Judgement each : broken) {
            report.add(new Finding(
                    each.kind(),
                    request.service(),
                    request.operation(),
                    request.name(),
                    each.detail() + "; hostile: " + request.hostile(),
                    text));
        }
        if (answered.incrementAndGet() % PROGRESS_EVERY == 0) {
            progress.accept("%d requests, %d findings"
                    .formatted(answered.get(), report.findings().size()));
        }
    }

    private void judgeServices(Report report) throws InterruptedException {
        for (Lane lane : lanes.values()) {
            String name = lane.service().name();
            var state = new Oracle.ServiceState(
                    lane.watch().complaintAfter(RECOVERY),
                    lane.residentBefore(),
                    lane.watch().residentMebibytes(),
                    lane.watch().metrics());
            report.fact(
                    name + " resident MiB", state.residentBefore() + " before, " + state.residentAfter() + " after");
            report.fact(name + " metric lines", state.metrics().lines().count());
            Oracle.judge(state)
                    .forEach(
                            each -> report.add(new Finding(each.kind(), name, "", "after the run", each.detail(), "")));
        }
    }
}
