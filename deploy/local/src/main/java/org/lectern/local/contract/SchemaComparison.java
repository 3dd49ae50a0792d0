package org.lectern.local.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lectern.local.contract.ApiChange.Severity;

/** Compares two schemas of data in one direction. */
final class SchemaComparison {

    private static final Set<String> ANY = Set.of("null", "boolean", "object", "array", "number", "integer", "string");
    private static final List<String> LOWER =
            List.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
    private static final List<String> UPPER =
            List.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");
    private static final List<String> EXACT = List.of("format", "pattern", "multipleOf", "uniqueItems");

    /** Keywords that the product does not use and this class does not support. */
    private static final List<String> OTHER = List.of(
            "not",
            "if",
            "then",
            "else",
            "contains",
            "prefixItems",
            "propertyNames",
            "patternProperties",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedProperties",
            "discriminator");

    /** Deeper than any unnamed schema of the product. */
    private static final int DEEPEST = 50;

    private final Described before;
    private final Described after;
    private final Direction direction;
    private final Collection<ApiChange> changes;
    private final Set<String> compared = new HashSet<>();
    private int depth;

    SchemaComparison(Described before, Described after, Direction direction, Collection<ApiChange> changes) {
        this.before = before;
        this.after = after;
        this.direction = direction;
        this.changes = changes;
    }

    void compare(String where, JsonNode earlier, JsonNode now) {
        String name = name(earlier);
        if (name.isEmpty() || !name.equals(name(now))) {
            compareContents(where, earlier, now);
        } else if (compared.add(name)) {
            // a named schema may contain itself, so it is compared only once
            compareContents(
                    name + (direction == Direction.TO_SERVICE ? " in requests" : " in responses"), earlier, now);
        }
    }

    private void compareContents(String where, JsonNode earlier, JsonNode now) {
        JsonNode one = before.resolved(earlier);
        JsonNode oneNow = after.resolved(now);
        if (hasAlternatives(one) || hasAlternatives(oneNow)) {
            compareAlternatives(
                    where,
                    alternatives(hasAlternatives(one) ? one : earlier),
                    alternatives(hasAlternatives(oneNow) ? oneNow : now));
        } else if (depth < DEEPEST) {
            depth++;
            compareOne(where, before.resolved(earlier), after.resolved(now));
            depth--;
        }
    }

    /** The name of a schema that is only a reference; empty otherwise. */
    private static String name(JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        return reference.isEmpty() || schema.size() > 1 ? "" : reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static boolean hasAlternatives(JsonNode schema) {
        return schema.has("oneOf") || schema.has("anyOf");
    }

    private void compareAlternatives(String where, Map<String, JsonNode> earlier, Map<String, JsonNode> now) {
        Set<String> gone = without(earlier, now);
        Set<String> added = without(now, earlier);
        if (gone.size() == 1 && added.size() == 1 && !gone.contains("null") && !added.contains("null")) {
            // one alternative replaced another: compared as if it had the same name
            compareContents(
                    where,
                    earlier.getOrDefault(gone.iterator().next(), MissingNode.getInstance()),
                    now.getOrDefault(added.iterator().next(), MissingNode.getInstance()));
        } else {
            gone.forEach(each -> narrowedOrWidened(where, "alternative " + each + " removed", true));
            added.forEach(each -> narrowedOrWidened(where, "alternative " + each + " added", false));
        }
        earlier.forEach((name, one) -> {
            JsonNode same = now.get(name);
            if (same != null && !name.equals("null")) {
                compare(where, one, same);
            }
        });
    }

    private static Set<String> without(Map<String, JsonNode> some, Map<String, JsonNode> others) {
        Set<String> left = new LinkedHashSet<>(some.keySet());
        left.removeAll(others.keySet());
        return left;
    }

    private static Map<String, JsonNode> alternatives(JsonNode schema) {
        Map<String, JsonNode> alternatives = new LinkedHashMap<>();
        JsonNode listed = schema.has("oneOf") ? schema.get("oneOf") : schema.path("anyOf");
        if (listed.isMissingNode()) {
            listed = JsonNodeFactory.instance.arrayNode().add(schema);
        }
        int position = 0;
        for (JsonNode each : listed) {
            position++;
            String name = name(each);
            if (name.isEmpty()) {
                name = each.path("type").isTextual() ? each.path("type").asText() : String.valueOf(position);
            }
            alternatives.putIfAbsent(alternatives.containsKey(name) ? name + " " + position : name, each);
        }
        return alternatives;
    }

    private void compareOne(String where, ObjectNode earlier, ObjectNode now) {
        compareTypes(where, types(earlier), types(now));
        compareEnums(where, values(earlier), values(now));
        EXACT.forEach(keyword -> compareExact(where, keyword, earlier.path(keyword), now.path(keyword)));
        LOWER.forEach(keyword -> compareBound(where, keyword, earlier.path(keyword), now.path(keyword), 1));
        UPPER.forEach(keyword -> compareBound(where, keyword, earlier.path(keyword), now.path(keyword), -1));
        compareProperties(where, earlier, now);
        if (earlier.has("items") && now.has("items")) {
            compare(where + "/*", earlier.get("items"), now.get("items"));
        }
        for (String keyword : OTHER) {
            if (!earlier.path(keyword).equals(now.path(keyword))) {
                change(Severity.WARNING, where, keyword + " changed, which is not compared: review it");
            }
        }
        if (direction == Direction.TO_SERVICE && !earlier.path("default").equals(now.path("default"))) {
            change(Severity.WARNING, where, "default changed");
        }
    }

    private void compareTypes(String where, Set<String> earlier, Set<String> now) {
        earlier.forEach(type -> {
            if (!includes(now, type)) {
                narrowedOrWidened(where, "type " + type + " removed", true);
            }
        });
        now.forEach(type -> {
            if (!includes(earlier, type)) {
                narrowedOrWidened(where, "type " + type + " added", false);
            }
        });
    }

    private static boolean includes(Set<String> types, String type) {
        return types.contains(type) || (type.equals("integer") && types.contains("number"));
    }

    private static Set<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isMissingNode()) {
            return ANY;
        }
        Set<String> types = new LinkedHashSet<>();
        if (type.isArray()) {
            type.forEach(each -> types.add(each.asText()));
        } else {
            types.add(type.asText());
        }
        return types;
    }

    private static Set<JsonNode> values(JsonNode schema) {
        Set<JsonNode> values = new LinkedHashSet<>();
        if (schema.has("const")) {
            values.add(schema.get("const"));
        }
        schema.path("enum").forEach(values::add);
        return values;
    }

    private void compareEnums(String where, Set<JsonNode> earlier, Set<JsonNode> now) {
        if (earlier.isEmpty() && now.isEmpty()) {
            return;
        }
        if (earlier.isEmpty() || now.isEmpty()) {
            boolean narrowed = earlier.isEmpty();
            narrowedOrWidened(where, narrowed ? "enum added" : "enum removed", narrowed);
            return;
        }
        earlier.forEach(value -> {
            if (!now.contains(value) && direction == Direction.TO_SERVICE) {
                change(Severity.BREAKING, where, "enum value " + value + " removed");
            }
        });
        now.forEach(value -> {
            if (!earlier.contains(value) && direction == Direction.TO_CLIENT) {
                change(Severity.WARNING, where, "enum value " + value + " added");
            }
        });
    }

    private void compareExact(String where, String keyword, JsonNode earlier, JsonNode now) {
        if (earlier.equals(now)) {
            return;
        }
        if (now.isMissingNode()) {
            softened(where, keyword + " removed");
        } else if (earlier.isMissingNode()) {
            hardened(where, keyword + " added");
        } else {
            change(Severity.BREAKING, where, keyword + " changed from " + earlier.asText() + " to " + now.asText());
        }
    }

    /** Compares a bound; {@code sign} is 1 for a lower bound and -1 for an upper bound. */
    private void compareBound(String where, String keyword, JsonNode earlier, JsonNode now, int sign) {
        if (now.isMissingNode() && earlier.isMissingNode()) {
            return;
        }
        if (now.isMissingNode()) {
            softened(where, keyword + " removed");
        } else if (earlier.isMissingNode()) {
            hardened(where, keyword + " " + now.asText() + " added");
        } else {
            BigDecimal bound = now.decimalValue();
            int change = bound.compareTo(earlier.decimalValue()) * sign;
            String what = keyword + " changed from " + earlier.asText() + " to " + now.asText();
            if (change > 0) {
                hardened(where, what);
            } else if (change < 0) {
                softened(where, what);
            }
        }
    }

    private void compareProperties(String where, ObjectNode earlier, ObjectNode now) {
        earlier.path("properties").properties().forEach(property -> {
            JsonNode same = now.path("properties").path(property.getKey());
            String path = where + "/" + property.getKey();
            if (same.isMissingNode()) {
                // the services refuse unknown members
                change(Severity.BREAKING, path, "property removed");
            } else {
                compare(path, property.getValue(), same);
            }
        });
        Set<String> required = required(earlier);
        Set<String> requiredNow = required(now);
        if (direction == Direction.TO_SERVICE) {
            requiredNow.stream().filter(name -> !required.contains(name)).forEach(name -> {
                boolean known = earlier.path("properties").has(name);
                change(Severity.BREAKING, where + "/" + name, known ? "required now" : "new and required");
            });
        } else {
            required.stream()
                    .filter(name -> !requiredNow.contains(name)
                            && now.path("properties").has(name))
                    .forEach(name -> change(Severity.BREAKING, where + "/" + name, "may be missing now"));
        }
        compareOtherProperties(where, earlier.path("additionalProperties"), now.path("additionalProperties"));
    }

    private void compareOtherProperties(String where, JsonNode earlier, JsonNode now) {
        if (earlier.isObject() && now.isObject()) {
            compare(where + "/{}", earlier, now);
            return;
        }
        boolean open = !earlier.isBoolean() || earlier.asBoolean();
        boolean openNow = !now.isBoolean() || now.asBoolean();
        if (open && (!openNow || now.isObject())) {
            hardened(where, "additionalProperties narrowed");
        } else if (openNow && (!open || earlier.isObject())) {
            softened(where, "additionalProperties widened");
        }
    }

    private static Set<String> required(JsonNode schema) {
        Set<String> names = new LinkedHashSet<>();
        schema.path("required").forEach(name -> names.add(name.asText()));
        return names;
    }

    /** The set of possible values became smaller, which breaks senders, or larger, which breaks readers. */
    private void narrowedOrWidened(String where, String what, boolean narrowed) {
        if (narrowed == (direction == Direction.TO_SERVICE)) {
            change(Severity.BREAKING, where, what);
        }
    }

    /** A limit became stricter: this breaks senders, but not readers. */
    private void hardened(String where, String what) {
        if (direction == Direction.TO_SERVICE) {
            change(Severity.BREAKING, where, what);
        }
    }

    /** A limit became looser: this does not affect senders, but readers may depend on it. */
    private void softened(String where, String what) {
        if (direction == Direction.TO_CLIENT) {
            change(Severity.WARNING, where, what);
        }
    }

    private void change(Severity severity, String where, String what) {
        changes.add(new ApiChange(severity, where, what));
    }
}
