package org.lectern.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The expressions of the rules and dashboards in {@code deploy/observability}, and the metrics they query. */
final class Expressions {

    /**
     * Metrics of other systems: Prometheus itself, kube-state-metrics, the kubelet, CloudNativePG, Kafka, cert-manager.
     * And one of ours that exists only with certificates ({@code KafkaRightsIT}).
     */
    private static final Pattern NOT_OURS = Pattern.compile("up|kube_.+|kubelet_.+|cnpg_.+|barman_.+|kafka_server_.+"
            + "|kafka_controller_.+|certmanager_.+|lectern_certificate_expiry_timestamp_seconds");

    /** Labels that Prometheus adds, and one of a summary of ours. */
    private static final Set<String> ADDED = Set.of("job", "pod", "instance", "namespace");

    /** Labels of other systems. */
    private static final Set<String> THEIRS = Set.of(
            "cluster", "pool", "deployment", "reason", "name", "certificate", "persistentvolumeclaim", "statefulset");

    private static final Set<String> WORDS = Set.of("or", "and", "unless", "by", "without", "on", "ignoring", "bool");
    private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{[^}]*}|\\()?");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without)\\s*\\(([^)]*)\\)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

    private final List<String> all = new ArrayList<>();
    private final Set<String> recorded = new HashSet<>();

    private Expressions() {}

    static Expressions of(Path folder) {
        try {
            Expressions expressions = new Expressions();
            JsonNode rules =
                    new YAMLMapper().readTree(folder.resolve("rules.yaml").toFile());
            for (JsonNode rule : rules.at("/spec/groups").findParents("expr")) {
                expressions.all.add(rule.path("expr").asText());
                expressions.recorded.add(rule.path("record").asText());
            }
            try (Stream<Path> dashboards = Files.list(folder.resolve("dashboards"))) {
                for (Path dashboard : dashboards.toList()) {
                    new ObjectMapper()
                            .readTree(dashboard.toFile())
                            .findValues("expr")
                            .forEach(expression ->
                                    expressions.all.add(expression.asText().replace("$__rate_interval", "5m")));
                }
            }
            return expressions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The queried series that are missing from our services' metrics, given in the text format of Prometheus. */
    Set<String> missingFrom(List<String> scrapes) {
        Map<String, Set<String>> offered = offered(scrapes);
        Set<String> missing = new TreeSet<>();
        for (String expression : all) {
            Set<String> labelsHere = new HashSet<>(ADDED);
            Matcher series =
                    SERIES.matcher(GROUPING.matcher(withoutTimes(expression)).replaceAll(" "));
            while (series.find()) {
                String name = series.group(1);
                String rest = series.group(2) == null ? "" : series.group(2);
                if (rest.equals("(") || WORDS.contains(name) || recorded.contains(name) || isOthers(name)) {
                    if (isOthers(name)) {
                        labelsHere.addAll(THEIRS);
                    }
                    continue;
                }
                if (!offered.containsKey(name)) {
                    missing.add(name);
                    continue;
                }
                Set<String> labels = offered.get(name);
                labelsHere.addAll(labels.stream()
                        .map(label -> label.replaceAll("=.*", ""))
                        .toList());
                Matcher label = LABEL.matcher(rest);
                while (label.find()) {
                    if (ADDED.contains(label.group(1))) {
                        continue;
                    }
                    String wanted = label.group(1) + "=";
                    boolean bound = label.group(1).equals("le");
                    if (labels.stream()
                            .noneMatch(bound ? (wanted + label.group(3))::equals : l -> l.startsWith(wanted))) {
                        missing.add(name + "{" + label.group() + "}");
                    }
                }
            }
            Matcher grouping = GROUPING.matcher(expression);
            while (grouping.find()) {
                for (String label : grouping.group(1).split(",")) {
                    if (!labelsHere.contains(label.strip())) {
                        missing.add("label " + label.strip() + " in " + expression);
                    }
                }
            }
        }
        return missing;
    }

    private static boolean isOthers(String name) {
        return NOT_OURS.matcher(name).matches();
    }

    private static String withoutTimes(String expression) {
        return expression.replaceAll("\\[[^]]*]", " ");
    }

    /** Names of series, each with its labels as {@code name=value}. */
    private static Map<String, Set<String>> offered(List<String> scrapes) {
        Map<String, Set<String>> offered = new TreeMap<>();
        for (String scrape : scrapes) {
            scrape.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                Matcher series = Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*?})? ")
                        .matcher(line);
                if (series.find()) {
                    Set<String> labels = offered.computeIfAbsent(series.group(1), name -> new HashSet<>());
                    if (series.group(2) != null) {
                        Matcher label = LABEL.matcher(series.group(2));
                        while (label.find()) {
                            labels.add(label.group(1) + "=" + label.group(3));
                        }
                    }
                }
            });
        }
        return offered;
    }
}
