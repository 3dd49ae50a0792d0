package org.lectern.kubernetes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the subset of PromQL in use and computes the labels of the result. It refuses everything else: missing
 * brackets, unused functions or aggregations, a rate of something without a range.
 */
final class Promql {

    /** The result of an expression: a number, a vector or a range vector. Empty labels mean those of the series. */
    record Value(Type type, Optional<Set<String>> labels, Set<String> fixed) {

        private static final Value NUMBER = new Value(Type.NUMBER, Optional.of(Set.of()), Set.of());

        /** True if results have this label, as far as that is known without the series. */
        boolean has(String label) {
            return labels.isEmpty() || labels.get().contains(label);
        }

        private static Value vector(Set<String> labels) {
            return new Value(Type.VECTOR, Optional.of(labels), Set.of());
        }
    }

    enum Type {
        NUMBER,
        VECTOR,
        RANGE
    }

    private static final Map<String, List<Type>> FUNCTIONS = Map.ofEntries(
            Map.entry("rate", List.of(Type.RANGE)),
            Map.entry("increase", List.of(Type.RANGE)),
            Map.entry("changes", List.of(Type.RANGE)),
            Map.entry("max_over_time", List.of(Type.RANGE)),
            Map.entry("absent", List.of(Type.VECTOR)),
            Map.entry("histogram_quantile", List.of(Type.NUMBER, Type.VECTOR)),
            Map.entry("vector", List.of(Type.NUMBER)),
            Map.entry("time", List.of()));
    private static final Set<String> AGGREGATIONS = Set.of("sum", "max", "min", "avg", "count");
    private static final List<Set<String>> OPERATORS = List.of(
            Set.of("or"),
            Set.of("and", "unless"),
            Set.of("==", "!=", ">", "<", ">=", "<="),
            Set.of("+", "-"),
            Set.of("*", "/"));
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
            + "|(?<number>\\d+(?:\\.\\d+)?)(?![a-zA-Z])|(?<duration>\\[(?:\\d+(?:ms|[smhdwy])|\\$__rate_interval)\\])"
            + "|(?<text>\"(?:[^\"\\\\]|\\\\.)*\")|(?<sign>==|!=|>=|<=|=~|!~|[-+*/(){},=<>]))");

    private final List<String> tokens = new ArrayList<>();
    private int next;

    private Promql(String expression) {
        Matcher token = TOKEN.matcher(expression);
        int end = 0;
        while (token.lookingAt()) {
            tokens.add(token.group().strip());
            end = token.end();
            token.region(end, expression.length());
        }
        if (!expression.substring(end).isBlank()) {
            throw new IllegalArgumentException("Not understood: " + expression.substring(end));
        }
    }

    static Value read(String expression) {
        Promql reader = new Promql(expression);
        Value value = reader.operation(0);
        if (reader.next < reader.tokens.size()) {
            throw new IllegalArgumentException("Too much: " + reader.tokens.subList(reader.next, reader.tokens.size()));
        }
        if (value.type() == Type.RANGE) {
            throw new IllegalArgumentException("A range is no result");
        }
        return value;
    }

    private Value operation(int level) {
        if (level == OPERATORS.size()) {
            return operand();
        }
        Value left = operation(level + 1);
        while (OPERATORS.get(level).contains(peek())) {
            String operator = take();
            Value right = operation(level + 1);
            left = combined(left, operator, right);
        }
        return left;
    }

    private static Value combined(Value left, String operator, Value right) {
        if (left.type() == Type.RANGE || right.type() == Type.RANGE) {
            throw new IllegalArgumentException("A range on one side of " + operator);
        }
        boolean sets = Set.of("or", "and", "unless").contains(operator);
        if (sets && (left.type() == Type.NUMBER || right.type() == Type.NUMBER)) {
            throw new IllegalArgumentException("A number on one side of " + operator);
        }
        if (left.type() == Type.NUMBER) {
            return right;
        }
        if (right.type() == Type.NUMBER) {
            return new Value(Type.VECTOR, left.labels(), Set.of());
        }
        if (operator.equals("or")) {
            if (left.labels().isEmpty() || right.labels().isEmpty()) {
                return new Value(Type.VECTOR, left.labels().isEmpty() ? right.labels() : left.labels(), Set.of());
            }
            Set<String> both = new HashSet<>(left.labels().get());
            both.retainAll(right.labels().get());
            return Value.vector(both);
        }
        if (left.labels().isPresent()
                && right.labels().isPresent()
                && !left.labels().equals(right.labels())) {
            throw new IllegalArgumentException(
                    left.labels().get() + " never match " + right.labels().get());
        }
        return new Value(Type.VECTOR, left.labels(), Set.of());
    }

    private Value operand() {
        String token = take();
        if (token.equals("(")) {
            Value inside = operation(0);
            expect(")");
            return inside;
        }
        if (Character.isDigit(token.charAt(0))) {
            return Value.NUMBER;
        }
        if (AGGREGATIONS.contains(token)) {
            return aggregation();
        }
        if (peek().equals("(")) {
            return call(token);
        }
        if (!Character.isLetter(token.charAt(0)) || OPERATORS.stream().anyMatch(level -> level.contains(token))) {
            throw new IllegalArgumentException("No operand: " + token);
        }
        return series();
    }

    private Value aggregation() {
        Set<String> by = new TreeSet<>();
        if (peek().equals("by")) {
            take();
            expect("(");
            do {
                by.add(take());
            } while (takeIf(","));
            expect(")");
        }
        expect("(");
        Value inside = operation(0);
        expect(")");
        if (inside.type() != Type.VECTOR) {
            throw new IllegalArgumentException("Only vectors are aggregated");
        }
        by.stream().filter(label -> !inside.has(label)).findFirst().ifPresent(label -> {
            throw new IllegalArgumentException("Nothing has the label " + label);
        });
        return Value.vector(by);
    }

    private Value call(String function) {
        List<Type> wanted = FUNCTIONS.get(function);
        if (wanted == null) {
            throw new IllegalArgumentException("Unknown function: " + function);
        }
        expect("(");
        List<Value> given = new ArrayList<>();
        while (!peek().equals(")")) {
            given.add(operation(0));
            if (!takeIf(",")) {
                break;
            }
        }
        expect(")");
        if (!given.stream().map(Value::type).toList().equals(wanted)) {
            throw new IllegalArgumentException(function + " asks for " + wanted);
        }
        return switch (function) {
            case "time" -> Value.NUMBER;
            case "vector" -> Value.vector(Set.of());
            // an absent series has only the labels that a plain selector fixes with "="
            case "absent" -> Value.vector(given.getFirst().fixed());
            case "histogram_quantile" -> {
                Set<String> labels = new HashSet<>(given.get(1).labels().orElse(Set.of("le")));
                if (!labels.remove("le")) {
                    throw new IllegalArgumentException("No buckets without the label le");
                }
                yield Value.vector(labels);
            }
            default -> new Value(Type.VECTOR, given.getFirst().labels(), Set.of());
        };
    }

    private Value series() {
        Set<String> fixed = new HashSet<>();
        if (takeIf("{")) {
            while (!takeIf("}")) {
                String label = take();
                String operator = take();
                String text = take();
                if (!Set.of("=", "!=", "=~", "!~").contains(operator) || !text.startsWith("\"")) {
                    throw new IllegalArgumentException("No matcher: " + label + operator + text);
                }
                if (operator.endsWith("~")) {
                    Pattern.compile(text.substring(1, text.length() - 1).replace("\\\\", "\\"));
                }
                if (operator.equals("=")) {
                    fixed.add(label);
                }
                if (!peek().equals("}")) {
                    expect(",");
                }
            }
        }
        if (peek().startsWith("[")) {
            take();
            return new Value(Type.RANGE, Optional.empty(), fixed);
        }
        return new Value(Type.VECTOR, Optional.empty(), fixed);
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        if (next == tokens.size()) {
            throw new IllegalArgumentException("Something is missing at the end");
        }
        return tokens.get(next++);
    }

    private boolean takeIf(String token) {
        if (peek().equals(token)) {
            next++;
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!takeIf(token)) {
            throw new IllegalArgumentException("Not " + token + " but " + peek());
        }
    }
}
