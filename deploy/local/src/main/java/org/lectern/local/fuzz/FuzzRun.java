package org.lectern.local.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.lectern.local.fuzz.Finding.Kind;

/** One run: draws, sends and judges requests sequentially, and records its findings. */
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

    /**
     * The scope of a run.
     *
     * @param requests maximum number of requests
     * @param length maximum duration
     * @param only name of a service, or empty for both
     * @param operation id of an operation, or empty for all
     */
    public record Wanted(long seed, int requests, Duration length, String only, String operation) {}

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
    public List<Finding> run(Wanted wanted) throws IOException, InterruptedException {
        try (Discovery discovery = new Discovery(target);
                Report report = new Report(data, wanted.seed(), out)) {
            Plan plan = plan(wanted, discovery);
            report.fact("requests in a round", plan.round());
            send(wanted, plan, discovery, report);
            report.fact("valid requests", summary.validRequests());
            judgeServices(report);
            report.end(summary);
            return report.findings();
        } finally {
            lanes.values().forEach(lane -> lane.watch().close());
        }
    }

    private Plan plan(Wanted wanted, Discovery discovery) throws IOException, InterruptedException {
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

    private void send(Wanted wanted, Plan plan, Discovery discovery, Report report) throws InterruptedException {
        long end = System.nanoTime() + wanted.length().toNanos();
        for (int position = 0; position < wanted.requests() && System.nanoTime() < end; position++) {
            FuzzRequest request = plan.request(position);
            if (!send(request, lane(request), discovery, report)) {
                progress.accept(request.service() + " did not recover; the run ends here");
                return;
            }
            if ((position + 1) % PROGRESS_EVERY == 0) {
                progress.accept("%d requests, %d findings"
                        .formatted(position + 1, report.findings().size()));
            }
        }
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
        summary.add(request, exchange, broken.size());
        report.journal(request, exchange);
        for (Oracle.Judgement each : broken) {
            report.add(new Finding(
                    each.kind(),
                    service.name(),
                    request.operation(),
                    request.name(),
                    each.detail() + "; hostile: " + request.hostile(),
                    RequestText.of(request, service.url(), etag)));
        }
        boolean gone = broken.stream().anyMatch(each -> each.kind() == Kind.UNREACHABLE);
        return !gone || lane.watch().complaintAfter(RECOVERY).isEmpty();
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
