package org.lectern.local.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The findings of a run: the first of each kind and operation on the screen, all in {@code findings.jsonl}. */
final class Report implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN_OF_KIND_AND_OPERATION = 1;
    private static final int SHOWN_OF_KIND = 12;

    private final Path data;
    private final long seed;
    private final Consumer<String> out;
    private final BufferedWriter evidence;
    private final BufferedWriter journal;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Integer> shown = new HashMap<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();

    Report(Path data, long seed, Consumer<String> out) throws IOException {
        this.data = data;
        this.seed = seed;
        this.out = out;
        journal = Files.newBufferedWriter(data.resolve("requests.tsv"));
        evidence = Files.newBufferedWriter(data.resolve("findings.jsonl"));
    }

    void add(Finding finding) {
        findings.add(finding);
        try {
            evidence.write(JSON.valueToTree(finding).toString());
            evidence.newLine();
            evidence.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int ofKind = shown.merge(finding.kind().name(), 1, Integer::sum);
        int ofOperation =
                shown.merge(finding.kind() + " " + finding.service() + " " + finding.operation(), 1, Integer::sum);
        if (ofKind <= SHOWN_OF_KIND && ofOperation <= SHOWN_OF_KIND_AND_OPERATION) {
            out.accept("FINDING " + finding.kind().label() + ": " + finding.service() + " " + finding.request()
                    + ", seed " + seed + ": " + finding.detail());
            if (!finding.text().isEmpty()) {
                out.accept("  " + finding.text());
            }
        }
    }

    /** One line for each request, in {@code requests.tsv}. */
    void journal(FuzzRequest request, Exchange exchange) {
        String problem = exchange.answers().isEmpty()
                ? ""
                : exchange.answers().getFirst().problem();
        try {
            journal.write(String.join(
                    "\t",
                    request.service(),
                    request.name(),
                    request.caller().name(),
                    Integer.toString(exchange.status()),
                    problem,
                    Long.toString(exchange.took().toMillis()),
                    request.hostile().toString().replaceAll("\\s+", " ")));
            journal.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Records a measurement for the verdict. */
    void fact(String name, Object value) {
        facts.put(name, value);
    }

    List<Finding> findings() {
        return findings;
    }

    /** Prints the table and writes {@code verdict.json}. */
    void end(Summary summary) throws IOException {
        ObjectNode verdict = JSON.createObjectNode();
        verdict.put("seed", seed);
        facts.forEach(verdict::putPOJO);
        verdict.put("requests", summary.requests()).put("operations", summary.operations());
        ObjectNode statuses = verdict.putObject("answers");
        for (int each = 0; each <= 5; each++) {
            statuses.put(each == 0 ? "none" : each + "xx", summary.answered(each));
        }
        Map<Finding.Kind, Integer> kinds = new LinkedHashMap<>();
        ArrayNode listed = verdict.putArray("findings");
        findings.forEach(finding -> {
            kinds.merge(finding.kind(), 1, Integer::sum);
            listed.add(finding.kind() + " " + finding.service() + " " + finding.request() + ": " + finding.detail());
        });
        Files.writeString(
                data.resolve("verdict.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(verdict));
        out.accept("");
        summary.table().forEach(out);
        out.accept("");
        facts.forEach((name, value) -> out.accept(name + ": " + value));
        kinds.forEach((kind, count) -> out.accept("%5d × %s".formatted(count, kind.label())));
    }

    @Override
    public void close() throws IOException {
        journal.close();
        evidence.close();
    }
}
