package org.lectern.local.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Values that a schema permits, with ids of existing resources and dates in the weeks after {@code day}. */
final class ValidValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEPTH_AT_MOST = 6;
    private static final int DAYS = 60;
    private static final double OPTIONAL_PRESENT = 0.4;
    /** Optional in the documents, but most formats of a lecture need one. */
    private static final double VENUE_PRESENT = 0.9;

    private static final ZoneOffset OFFSET = ZoneOffset.ofHours(8);
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern MOMENT_NAME =
            Pattern.compile("from|to|start|end|until|asOf|expiresAt|.*At", Pattern.CASE_INSENSITIVE);

    private final ApiDocument document;
    private final KnownIds ids;
    private final LocalDate day;

    ValidValues(ApiDocument document, KnownIds ids, LocalDate day) {
        this.document = document;
        this.ids = ids;
        this.day = day;
    }

    /** A position in a body, with its schema. */
    record Slot(ContainerNode<?> parent, String name, int index, JsonNode schema, String pointer) {}

    /** A body, and all its positions. */
    record Tree(JsonNode root, JsonNode schema, List<Slot> slots) {}

    Tree body(JsonNode schema, Draw draw) {
        List<Slot> slots = new ArrayList<>();
        ObjectNode resolved = document.resolved(schema);
        return new Tree(value("", resolved, draw, 0, "", slots), resolved, slots);
    }

    /** A value of a query or path parameter, not yet encoded. */
    String parameter(String name, JsonNode schema, Draw draw) {
        return value(name, document.resolved(schema), draw, 0, "", new ArrayList<>())
                .asText();
    }

    private JsonNode value(String name, ObjectNode schema, Draw draw, int depth, String pointer, List<Slot> slots) {
        if (schema.has("oneOf")) {
            return alternative(name, schema, draw, depth, pointer, slots);
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(draw.below(schema.get("enum").size()));
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        return switch (type(schema)) {
            case "object" -> object(schema, draw, depth, pointer, slots);
            case "array" -> array(name, schema, draw, depth, pointer, slots);
            case "integer" -> JSON.numberNode(integer(schema, draw));
            case "number" ->
                schema.has("examples") ? example(schema, draw) : JSON.numberNode(integer(schema, draw) + 0.5);
            case "boolean" -> JSON.booleanNode(draw.chance(0.5));
            default -> JSON.textNode(text(name, schema, draw));
        };
    }

    private JsonNode alternative(
            String name, ObjectNode schema, Draw draw, int depth, String pointer, List<Slot> slots) {
        JsonNode chosen = schema.get("oneOf").get(draw.below(schema.get("oneOf").size()));
        JsonNode value = value(name, document.resolved(chosen), draw, depth, pointer, slots);
        String discriminator = schema.path("discriminator").path("propertyName").asText("");
        if (value instanceof ObjectNode object && !discriminator.isEmpty()) {
            schema.path("discriminator").path("mapping").properties().stream()
                    .filter(each ->
                            each.getValue().asText().equals(chosen.path("$ref").asText()))
                    .findFirst()
                    .ifPresent(each -> object.put(discriminator, each.getKey()));
        }
        return value;
    }

    private ObjectNode object(ObjectNode schema, Draw draw, int depth, String pointer, List<Slot> slots) {
        ObjectNode object = JSON.objectNode();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(each -> required.add(each.asText()));
        schema.path("properties").properties().forEach(member -> {
            double present = member.getKey().equals("venueId") ? VENUE_PRESENT : OPTIONAL_PRESENT;
            boolean wanted = draw.chance(present) && depth < DEPTH_AT_MOST;
            if (wanted || required.contains(member.getKey())) {
                ObjectNode resolved = document.resolved(member.getValue());
                String at = pointer + "/" + member.getKey();
                object.set(member.getKey(), value(member.getKey(), resolved, draw, depth + 1, at, slots));
                slots.add(new Slot(object, member.getKey(), 0, resolved, at));
            }
        });
        if (object.has("start") && object.path("end").isTextual()) {
            object.put("end", twoHoursAfter(object.path("start").asText()));
        }
        return object;
    }

    private static String twoHoursAfter(String start) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                OffsetDateTime.parse(start).plusHours(2));
    }

    private ArrayNode array(String name, ObjectNode schema, Draw draw, int depth, String pointer, List<Slot> slots) {
        ArrayNode array = JSON.arrayNode();
        int least = schema.path("minItems").asInt(0);
        int size = depth > DEPTH_AT_MOST ? least : Math.max(least, draw.below(3));
        ObjectNode items = document.resolved(schema.path("items"));
        for (int i = 0; i < Math.min(size, schema.path("maxItems").asInt(size)); i++) {
            String at = pointer + "/" + i;
            array.add(value(name, items, draw, depth + 1, at, slots));
            slots.add(new Slot(array, "", i, items, at));
        }
        return array;
    }

    private static long integer(JsonNode schema, Draw draw) {
        if (schema.has("examples") && draw.chance(0.5)) {
            return example(schema, draw).asLong();
        }
        long least = schema.path("minimum").asLong(1);
        long most = schema.path("maximum").asLong(least + 200);
        return least + draw.below((int) Math.min(Integer.MAX_VALUE, most - least + 1));
    }

    private static JsonNode example(JsonNode schema, Draw draw) {
        return schema.get("examples").get(draw.below(schema.get("examples").size()));
    }

    private String text(String name, JsonNode schema, Draw draw) {
        String example = schema.has("examples") ? example(schema, draw).asText() : "";
        String format = schema.path("format").asText();
        if (format.equals("uuid") || (example.isEmpty() && name.matches(".+Ids?|under"))) {
            return ids.drawn(KnownIds.collection(name), draw);
        }
        if (format.equals("local-time")) {
            return LocalTime.of(8 + draw.below(10), 30 * draw.below(2)).toString();
        }
        if (format.equals("date") || DATE.matcher(example).matches()) {
            return day.plusDays(draw.below(DAYS / 2) + (name.matches("to|until") ? DAYS / 2 : 0))
                    .toString();
        }
        if (format.equals("date-time")
                || MOMENT.matcher(example).matches()
                || (example.isEmpty() && MOMENT_NAME.matcher(name).matches())) {
            return moment(name, draw);
        }
        if (name.equals("code")) {
            return "FZ-" + draw.uuid().toString().substring(0, 12);
        }
        if (name.equals("zone")) {
            return draw.pick(List.of("Asia/Shanghai", "Asia/Shanghai", "Asia/Urumqi", "Europe/London"));
        }
        return example.isEmpty() ? draw.pick(List.of("lecture", "village", "municipal", "en", "青石村")) : example;
    }

    /** Ends of intervals are later than their starts. */
    private String moment(String name, Draw draw) {
        int days = draw.below(DAYS / 2) + (name.matches("to|until|expiresAt") ? DAYS / 2 : 0);
        var moment = day.plusDays(days).atTime(8 + draw.below(12), 30 * draw.below(2));
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.atOffset(OFFSET));
    }

    /** The type, even if the document omits it or names several. */
    static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.path(0).asText();
        }
        if (type.isMissingNode()) {
            return schema.has("properties") ? "object" : "string";
        }
        return type.asText();
    }
}
