package org.lectern.scheduler.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Canonical JSON: RFC 8785 (JCS). Members sorted by UTF-16 code units, numbers as in ECMAScript, no whitespace. */
final class CanonicalJson {

    private static final long LARGEST_EXACT = 1L << 53;

    private CanonicalJson() {}

    static String of(JsonNode value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(JsonNode value, StringBuilder out) {
        switch (value.getNodeType()) {
            case OBJECT -> object(value, out);
            case ARRAY -> {
                out.append('[');
                String separator = "";
                for (JsonNode element : value) {
                    out.append(separator);
                    write(element, out);
                    separator = ",";
                }
                out.append(']');
            }
            case STRING -> text(value.textValue(), out);
            case NUMBER -> out.append(number(value));
            case BOOLEAN -> out.append(value.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("no JSON: " + value.getNodeType());
        }
    }

    private static void object(JsonNode value, StringBuilder out) {
        List<String> names = new ArrayList<>();
        value.fieldNames().forEachRemaining(names::add);
        names.sort(null);
        out.append('{');
        String separator = "";
        for (String name : names) {
            out.append(separator);
            text(name, out);
            out.append(':');
            write(value.get(name), out);
            separator = ",";
        }
        out.append('}');
    }

    private static void text(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static String number(JsonNode value) {
        if (value.canConvertToLong() && value.isIntegralNumber() && Math.abs(value.longValue()) <= LARGEST_EXACT) {
            return Long.toString(value.longValue());
        }
        return number(value.doubleValue());
    }

    /** Like {@code Number::toString} of ECMA-262. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("no JSON number");
        }
        if (value == 0) {
            return "0";
        }
        // the shortest digits that parse back to this number
        BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        if (shortest.precision() == 2) {
            // Java prints at least two digits, even where one suffices
            BigDecimal shorter = shortest.round(new MathContext(1));
            shortest = shorter.doubleValue() == Math.abs(value) ? shorter.stripTrailingZeros() : shortest;
        }
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (digits.length() <= point && point <= 21) {
            return sign + digits + "0".repeat(point - digits.length());
        }
        if (0 < point && point <= 21) {
            return sign + digits.substring(0, point) + "." + digits.substring(point);
        }
        if (-6 < point && point <= 0) {
            return sign + "0." + "0".repeat(-point) + digits;
        }
        String rest = digits.length() == 1 ? "" : "." + digits.substring(1);
        int exponent = point - 1;
        return sign + digits.charAt(0) + rest + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
}
