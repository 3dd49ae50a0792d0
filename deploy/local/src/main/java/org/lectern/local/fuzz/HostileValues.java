package org.lectern.local.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values that a service must refuse or survive. */
final class HostileValues {

    private static final int LONG = 100_000;
    private static final int DEEP = 5_000;

    /** Characters that cause errors in databases, formats and readers. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "\uD842\uDFB7野家",
            "\u202Eevil\u202C",
            "e\u0301\u0301\u0301\u0301",
            "\uFEFF",
            "\u2028\u2029",
            "\u200B",
            "\uFFFE\uFFFF",
            "%s%n%x",
            "${jndi:ldap://127.0.0.1:1/a}",
            "{{7*7}}",
            "' OR '1'='1",
            "\"; DROP TABLE bookings; --",
            "%_\\",
            "<script>alert(1)</script>",
            "=HYPERLINK(\"http://127.0.0.1:1\")",
            "../../etc/passwd",
            "a\r\nX-Injected: yes",
            "http://169.254.169.254/latest/meta-data",
            "http://[::ffff:127.0.0.1]:1/",
            "javascript:alert(1)",
            "a@b@c",
            "null",
            "NaN",
            "I".repeat(4_096),
            "讲".repeat(2_000));

    private static final List<String> NUMBERS = List.of(
            "-1",
            "0",
            "-0",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "1e400",
            "-1e400",
            "1e-400",
            "1.5",
            "0.1e1",
            "9".repeat(1_000));

    private static final List<String> MOMENTS = List.of(
            "9999-12-31T23:59:59Z",
            "+10000-01-01T00:00:00Z",
            "+294277-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59+18:00",
            "-999999999-01-01T00:00:00-18:00",
            "0000-01-01T00:00:00Z",
            "-4713-01-01T00:00:00Z",
            "0001-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "2026-02-30T10:00:00+08:00",
            "2026-12-01T24:00:00+08:00",
            "2026-12-01T23:59:60Z",
            "2026-12-01T10:00:00+19:00",
            "2026-12-01T10:00:00+08:00:01",
            "2026-12-01T10:00:00.123456789+08:00",
            "2026-12-01T10:00:00",
            "2026-12-01",
            "2026-W10-1",
            "10:00",
            "1764547200",
            "9999-12-31",
            "+999999999-12-31",
            "-999999999-01-01",
            "2026-02-29");

    private HostileValues() {}

    /** JSON text, not always valid, in place of a value of the schema. */
    static String json(JsonNode schema, Draw draw) {
        return switch (draw.below(9)) {
            case 0 -> "null";
            case 1 -> draw.pick(List.of("{}", "[]", "true", "\"\"", "17", "[null]", "{\"\":{}}"));
            case 2 -> quoted(draw.pick(TEXTS));
            case 3 -> draw.pick(NUMBERS);
            case 4 -> draw.pick(List.of("\"\\ud800\"", "\"\\udfb7\\ud842\"", "\"a\\u0000\"", "\"\\ud842\\udfb7\""));
            case 5 -> draw.pick(List.of(nested("[", "]"), nested("{\"a\":", "}"), '"' + "x".repeat(LONG) + '"'));
            case 6 -> draw.pick(List.of("NaN", "Infinity", "01", "+1", "0x10", "'x'", "undefined", "1.", ".5", "tru"));
            default -> nearMiss(schema, draw);
        };
    }

    /** A text for a query or path parameter. */
    static String text(JsonNode schema, Draw draw) {
        return switch (draw.below(4)) {
            case 0 -> draw.pick(NUMBERS);
            case 1 -> draw.pick(MOMENTS);
            case 2 -> draw.pick(TEXTS);
            default -> {
                String close = nearMiss(schema, draw);
                yield close.startsWith("\"") ? close.substring(1, close.length() - 1) : close;
            }
        };
    }

    /** Almost valid values: a bound and one beyond it, an enum value in the wrong case, a distant time. */
    private static String nearMiss(JsonNode schema, Draw draw) {
        List<String> choices = new ArrayList<>();
        if (schema.has("minimum")) {
            choices.add(Long.toString(schema.path("minimum").asLong() - 1));
        }
        if (schema.has("maximum")) {
            choices.add(Long.toString(schema.path("maximum").asLong()));
            choices.add(Long.toString(schema.path("maximum").asLong() + 1));
        }
        if (schema.has("enum")) {
            String value = schema.path("enum").path(0).asText();
            choices.addAll(List.of(quoted(value.toLowerCase(Locale.ROOT)), quoted(value + " "), quoted("NONE"), "0"));
        }
        String type = ValidValues.type(schema);
        String format = schema.path("format").asText();
        if (type.equals("integer") || type.equals("number")) {
            choices.addAll(List.of(quoted("1"), draw.pick(NUMBERS)));
        } else if (type.equals("array")) {
            int items = Math.min(schema.path("maxItems").asInt(1_000), 20_000) + 1;
            choices.add("[" + "null,".repeat(items) + "null]");
            choices.add("[" + "\"x\",".repeat(items) + "\"x\"]");
        } else if (format.startsWith("date") || format.endsWith("time")) {
            choices.add(quoted(draw.pick(MOMENTS)));
        } else if (format.equals("uuid")) {
            choices.addAll(List.of(
                    quoted("00000000-0000-0000-0000-000000000000"),
                    quoted("1-1-1-1-1"),
                    quoted("{" + draw.uuid() + "}")));
        } else {
            int most = schema.path("maxLength").asInt(1_000);
            choices.addAll(List.of(quoted(draw.pick(TEXTS)), quoted(draw.pick(MOMENTS)), quoted("x".repeat(most + 1))));
        }
        return draw.pick(choices);
    }

    private static String nested(String open, String close) {
        return open.repeat(DEEP) + "1" + close.repeat(DEEP);
    }

    static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
