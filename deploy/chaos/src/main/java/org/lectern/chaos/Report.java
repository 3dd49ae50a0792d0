package org.lectern.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.fault.InjectedFault;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.load.Call.Outcome;
import org.lectern.chaos.verdict.Counts;
import org.lectern.chaos.verdict.Violation;
import org.lectern.chaos.verdict.Violation.Promise;

/** The verdict of a run: lines for people and JSON for programs. */
final class Report {

    private static final int VIOLATIONS_SHOWN = 30;

    private final Verdict verdict;
    private final Evidence evidence;

    Report(Verdict verdict) {
        this.verdict = verdict;
        this.evidence = verdict.evidence();
    }

    List<String> lines() {
        Map<Outcome, Long> outcomes =
                evidence.calls().stream().collect(Collectors.groupingBy(Call::outcome, Collectors.counting()));
        int repeats =
                evidence.calls().stream().mapToInt(call -> call.attempts() - 1).sum();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(row("asked", evidence.calls().size() + " changes; " + repeats + " repeats under the same key"));
        lines.add(row("acknowledged", count(outcomes, Outcome.ACKNOWLEDGED) + ": " + acknowledgedKinds()));
        lines.add(row("refused", count(outcomes, Outcome.REFUSED)));
        lines.add(row("never answered", count(outcomes, Outcome.UNKNOWN)));
        lines.add(row("faults", Long.toString(verdict.happened())));
        Map<Promise, Long> broken = verdict.violations().stream()
                .collect(Collectors.groupingBy(Violation::promise, LinkedHashMap::new, Collectors.counting()));
        for (Promise promise : Promise.values()) {
            lines.add(row(promise.label(), broken.getOrDefault(promise, 0L).toString()));
        }
        lines.add(row(
                "acknowledged by branches",
                Integer.toString(evidence.acknowledged().size())));
        lines.add(row(
                "duplicates",
                "topics %d of %d, in-app and by webhook id none allowed, e-mail %d of %d; webhooks repeated under their id %d of %d"
                        .formatted(
                                Counts.repeatsOnTopics(evidence),
                                Counts.recordsOnTopics(evidence),
                                Counts.repeatedMails(evidence),
                                evidence.mails().size(),
                                Counts.repeatedWebhooks(evidence),
                                evidence.webhooks().size())));
        lines.add(row("covered by a later message", Integer.toString(Counts.toldTogether(evidence))));
        lines.add(row("longest recovery", longestRecovery()));
        lines.add(row("quiet after", seconds(verdict.quietAfter())));
        verdict.violations().stream().limit(VIOLATIONS_SHOWN).forEach(violation -> lines.add("  " + violation));
        if (verdict.violations().size() > VIOLATIONS_SHOWN) {
            lines.add("  … and " + (verdict.violations().size() - VIOLATIONS_SHOWN) + " more");
        }
        return lines;
    }

    private static String count(Map<Outcome, Long> outcomes, Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L).toString();
    }

    private Map<Call.Kind, Long> acknowledgedByKind() {
        return evidence.calls().stream()
                .filter(call -> call.outcome() == Outcome.ACKNOWLEDGED)
                .collect(Collectors.groupingBy(Call::kind, TreeMap::new, Collectors.counting()));
    }

    private String acknowledgedKinds() {
        return acknowledgedByKind().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private String longestRecovery() {
        Duration longest = Duration.ZERO;
        String after = "";
        for (InjectedFault fault : verdict.faults()) {
            Duration recovery = recovery(fault);
            if (recovery.compareTo(longest) > 0) {
                longest = recovery;
                after = ", after " + fault.kind().text() + " (" + fault.target() + ")";
            }
        }
        return seconds(longest) + after;
    }

    private Duration recovery(InjectedFault fault) {
        return Counts.recovery(evidence.calls(), fault.until());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static String row(String name, String value) {
        return String.format(Locale.ROOT, "  %-36s %s", name, value);
    }

    JsonNode json() {
        ObjectNode report = new ObjectMapper().createObjectNode();
        report.put("seed", verdict.seed()).put("kept", verdict.kept());
        for (Outcome outcome : Outcome.values()) {
            report.put(
                    outcome.name().toLowerCase(Locale.ROOT),
                    evidence.calls().stream()
                            .filter(call -> call.outcome() == outcome)
                            .count());
        }
        ObjectNode kinds = report.putObject("acknowledgedByKind");
        acknowledgedByKind().forEach((kind, count) -> kinds.put(kind.toString(), count));
        ArrayNode faults = report.putArray("faults");
        for (InjectedFault fault : verdict.faults()) {
            faults.addObject()
                    .put("fault", fault.kind().option())
                    .put("target", fault.target())
                    .put("happened", fault.happened())
                    .put("measured", fault.measured())
                    .put("recoverySeconds", recovery(fault).toMillis() / 1000.0);
        }
        ArrayNode promises = report.putArray("promises");
        for (Promise promise : Promise.values()) {
            ArrayNode broken = promises.addObject()
                    .put("promise", promise.name())
                    .put("label", promise.label())
                    .putArray("violations");
            verdict.violations().stream()
                    .filter(violation -> violation.promise() == promise)
                    .forEach(violation -> broken.add(violation.what()));
        }
        report.put("acknowledgedByBranches", evidence.acknowledged().size());
        report.put("toldTogether", Counts.toldTogether(evidence));
        report.putObject("repeats")
                .put("topic", Counts.repeatsOnTopics(evidence))
                .put("topicOf", Counts.recordsOnTopics(evidence))
                .put("email", Counts.repeatedMails(evidence))
                .put("emailOf", evidence.mails().size())
                .put("webhook", Counts.repeatedWebhooks(evidence))
                .put("webhookOf", evidence.webhooks().size());
        return report.put("quietAfterSeconds", verdict.quietAfter().toMillis() / 1000.0);
    }
}
