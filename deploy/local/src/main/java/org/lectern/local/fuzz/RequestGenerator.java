package org.lectern.local.fuzz;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lectern.local.fuzz.ValidValues.Tree;

/**
 * Draws requests for one service: valid ones, and ones with one or a few hostile parts. The same seed, operation and
 * number give the same request, except for ids of existing resources.
 */
final class RequestGenerator {

    private static final double OPTIONAL_PRESENT = 0.3;
    /** The number of hostile parts; valid requests keep the data changing. */
    private static final List<Integer> PARTS = List.of(0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3);

    private static final List<String> MALFORMED = List.of(
            "%", "%zz", "%00", "%c0%80", "%ff%fe", "%2e%2e%2f", "..%5c", "%25", ";a=b", "%0d%0aX-Injected:%20yes");

    private final long seed;
    private final List<Operation> operations;
    private final ValidValues values;
    private final KnownIds ids;

    RequestGenerator(long seed, ApiDocument document, KnownIds ids, LocalDate day) {
        this.seed = seed;
        this.operations = document.operations();
        this.values = new ValidValues(document, ids, day);
        this.ids = ids;
    }

    List<Operation> operations() {
        return operations;
    }

    /** The path of an operation that reads JSON, for messages with invalid framing. */
    String writingPath() {
        Operation reading = operations.stream()
                .filter(each -> each.method().equals("POST") && each.bodies().containsKey("application/json"))
                .min(Comparator.comparingInt(each -> each.path().split("\\{", -1).length))
                .orElse(operations.getFirst());
        RequestDraft draft = new RequestDraft(reading, 0, Caller.ORGANIZER);
        parameters(reading, draft, Draw.of(seed, ProtocolCases.OPERATION, 0));
        return draft.filled(reading.path());
    }

    FuzzRequest request(Operation operation, int number) {
        Draw draw = Draw.of(seed, operation.id(), number);
        RequestDraft draft = new RequestDraft(operation, number, Caller.drawn(draw));
        parameters(operation, draft, draw);
        Tree tree = body(operation, draft, draw);
        int parts = draw.pick(PARTS);
        for (int i = 0; i < parts; i++) {
            spoil(operation, draft, tree, draw);
        }
        if (tree != null && draft.body.length == 0) {
            draft.body = BodyMutations.written(tree);
        }
        if (tree != null && draw.chance(0.1) && parts > 0) {
            spoilBody(draft, draw);
        }
        return draft.request();
    }

    private void parameters(Operation operation, RequestDraft draft, Draw draw) {
        for (Operation.Parameter each : operation.parameters()) {
            String name = each.name();
            switch (each.in()) {
                case "path" -> draft.pathValues.put(name, pathValue(operation, each, draw));
                case "query" -> {
                    String value = RequestDraft.encoded(values.parameter(name, each.schema(), draw));
                    if (each.required() || draw.chance(OPTIONAL_PRESENT)) {
                        draft.query.add(Map.entry(name, value));
                    }
                }
                default -> header(operation, name, draft, draw);
            }
        }
    }

    private String pathValue(Operation operation, Operation.Parameter parameter, Draw draw) {
        String name = parameter.name();
        if (name.equals("year")) {
            return Integer.toString(2025 + draw.below(4));
        }
        if (name.equals("token")) {
            return ids.drawn("token:" + operation.path().charAt(1), draw);
        }
        return ids.drawn(KnownIds.collection(operation.path(), name), draw);
    }

    private void header(Operation operation, String name, RequestDraft draft, Draw draw) {
        switch (name) {
            case "Idempotency-Key" -> draft.header(new RequestDraft.Header(name, "fuzz-" + draw.uuid()));
            case "If-Match" -> {
                draft.etagFrom = operations.stream()
                        .filter(each ->
                                each.method().equals("GET") && operation.path().startsWith(each.path()))
                        .max(Comparator.comparingInt(each -> each.path().length()))
                        .map(each -> draft.filled(each.path()))
                        .orElse(null);
                draft.header(new RequestDraft.Header(name, draft.etagFrom == null ? "\"1\"" : FuzzRequest.ETAG));
            }
            case "Accept-Language" -> draft.header(new RequestDraft.Header(name, draw.pick(List.of("en", "zh-CN"))));
            default -> {
                // other values only shorten the answer; the hostile ones include them
            }
        }
    }

    private @Nullable Tree body(Operation operation, RequestDraft draft, Draw draw) {
        if (operation.bodies().isEmpty()) {
            return null;
        }
        var body = draw.pick(new ArrayList<>(operation.bodies().entrySet()));
        draft.mediaType = body.getKey();
        draft.header(new RequestDraft.Header("Content-Type", draft.mediaType));
        if (draft.mediaType.endsWith("json")) {
            return values.body(body.getValue().schema(), draw);
        }
        String text = body.getValue().example().isEmpty()
                ? "answer=confirm&notice=x"
                : body.getValue().example();
        draft.body = text.getBytes(StandardCharsets.UTF_8);
        return null;
    }

    private void spoil(Operation operation, RequestDraft draft, @Nullable Tree tree, Draw draw) {
        List<Runnable> choices = new ArrayList<>();
        choices.add(() -> spoilHeader(draft, draw));
        if (!draft.pathValues.isEmpty()) {
            choices.add(() -> spoilPath(draft, draw));
        }
        if (draw.chance(0.3)
                || operation.parameters().stream().anyMatch(each -> each.in().equals("query"))) {
            choices.add(() -> spoilQuery(operation, draft, draw));
        }
        if (tree != null) {
            // most of the possible errors are in the body
            for (int i = 0; i < 4; i++) {
                choices.add(() -> draft.hostile(BodyMutations.member(tree, draw)));
            }
        } else if (!operation.bodies().isEmpty()) {
            choices.add(() -> spoilBody(draft, draw));
            choices.add(() -> spoilBody(draft, draw));
        } else if (draw.chance(0.1)) {
            choices.add(() -> {
                draft.body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
                draft.hostile("a body that the operation does not read");
            });
        }
        draw.pick(choices).run();
    }

    private static void spoilHeader(RequestDraft draft, Draw draw) {
        if (draw.chance(0.15)) {
            String name = draw.pick(draft.headerNames().isEmpty() ? List.of("Host") : draft.headerNames());
            draft.without(name);
            draft.hostile(name + " left out");
            return;
        }
        RequestDraft.Header header = HeaderMutations.drawn(draw);
        draft.header(header);
        draft.hostile(header.name() + ": " + BodyMutations.shortened(header.value()));
    }

    private static void spoilPath(RequestDraft draft, Draw draw) {
        String name = draw.pick(new ArrayList<>(draft.pathValues.keySet()));
        String value = hostileText(draw);
        draft.pathValues.put(name, value);
        draft.hostile("path " + name + " = " + BodyMutations.shortened(value));
    }

    private void spoilQuery(Operation operation, RequestDraft draft, Draw draw) {
        List<Operation.Parameter> known = operation.parameters().stream()
                .filter(each -> each.in().equals("query"))
                .toList();
        if (known.isEmpty() || draw.chance(0.1)) {
            String name = draw.pick(List.of("unknown", "", "%00", "a[]", "%zz", "x".repeat(3_000)));
            String value = hostileText(draw);
            draft.query.add(Map.entry(name, value));
            draft.hostile("unknown query " + BodyMutations.shortened(name) + " = " + BodyMutations.shortened(value));
            return;
        }
        Operation.Parameter parameter = draw.pick(known);
        String value = draw.chance(0.8)
                ? RequestDraft.encoded(HostileValues.text(parameter.schema(), draw))
                : hostileText(draw);
        if (draw.chance(0.85)) {
            draft.query.removeIf(each -> each.getKey().equals(parameter.name()));
        }
        if (!draw.chance(0.05)) {
            draft.query.add(Map.entry(parameter.name(), value));
        }
        draft.hostile("query " + parameter.name() + " = " + BodyMutations.shortened(value));
    }

    private static void spoilBody(RequestDraft draft, Draw draw) {
        BodyMutations.Mutated mutated = BodyMutations.whole(draft.body, draft.mediaType, draw);
        draft.body = mutated.body();
        draft.hostile(mutated.what());
    }

    private static String hostileText(Draw draw) {
        if (draw.chance(0.4)) {
            return draw.pick(MALFORMED);
        }
        String text = HostileValues.text(JsonNodeFactory.instance.objectNode(), draw);
        return RequestDraft.encoded(text);
    }
}
