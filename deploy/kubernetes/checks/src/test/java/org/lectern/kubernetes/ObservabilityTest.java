package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules, runbook and dashboards are consistent. The tests of the services cover the existence of each metric. */
class ObservabilityTest {

    private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");
    private static final Pattern RECORDED = Pattern.compile("lectern:[a-z0-9_:]+");

    private static List<JsonNode> rules() {
        return Manifests.parse(Repository.read("deploy/observability/rules.yaml"))
                .one("PrometheusRule", "lectern")
                .each("/spec/groups")
                .flatMap(group -> Resource.each(group.path("rules")))
                .toList();
    }

    private static List<JsonNode> alerts() {
        return rules().stream().filter(rule -> rule.has("alert")).toList();
    }

    /** The expressions of the rules and of the dashboards. */
    private static List<String> expressions() throws JsonProcessingException {
        List<String> all = new ArrayList<>();
        rules().forEach(rule -> all.add(rule.path("expr").asText()));
        for (Path dashboard : Repository.below("deploy/observability/dashboards")) {
            JsonNode json = new ObjectMapper().readTree(Repository.read(dashboard));
            json.findValues("expr").forEach(expression -> all.add(expression.asText()));
        }
        return all;
    }

    @Test
    void everyAlert_hasSeverityAndRunbookLink() {
        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            String name = alert.path("alert").asText();
            assertThat(alert.at("/labels/severity").asText()).as(name).isIn("page", "ticket");
            assertThat(alert.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .startsWith("https://")
                    .endsWith("/observability/runbook.md#" + name.toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void alertsAndRunbookEntries_match() {
        List<String> entries = Pattern.compile("(?m)^## (\\w+)$")
                .matcher(Repository.read("deploy/observability/runbook.md"))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(entries)
                .containsExactlyElementsOf(alerts().stream()
                        .map(alert -> alert.path("alert").asText())
                        .toList());
    }

    /** A misspelt name would silence nothing, or everything. */
    @Test
    void everyInhibition_namesAlerts() throws JsonProcessingException {
        Set<String> alerts = new HashSet<>();
        alerts().forEach(alert -> alerts.add(alert.path("alert").asText()));
        List<String> named = new ArrayList<>();
        JsonNode sample = Manifests.YAML.readTree(Repository.read("deploy/observability/alertmanager.yaml"));
        sample.path("inhibit_rules")
                .forEach(rule -> Stream.of("source_matchers", "target_matchers")
                        .flatMap(side -> Resource.each(rule.path(side)))
                        .map(JsonNode::asText)
                        .filter(matcher -> matcher.startsWith("alertname"))
                        .map(matcher -> matcher.replaceAll(".*=~? *\"?|\"$", ""))
                        .forEach(names -> named.addAll(List.of(names.split("\\|")))));
        assertThat(named).isNotEmpty().allSatisfy(name -> assertThat(alerts).anyMatch(alert -> alert.matches(name)));
    }

    @Test
    void everyRunbookEntry_isComplete() {
        String[] entries = Repository.read("deploy/observability/runbook.md").split("(?m)^## ");
        assertThat(List.of(entries).subList(1, entries.length))
                .allSatisfy(entry -> assertThat(entry).contains("*Means.*", "*Look.*", "*Do.*"));
    }

    @Test
    void everyExpression_isValid() throws JsonProcessingException {
        assertThat(expressions()).allSatisfy(Promql::read);
        assertThat(rules()).filteredOn(rule -> rule.has("record")).allSatisfy(rule -> {
            String name = rule.path("record").asText();
            assertThat(Promql.read(rule.path("expr").asText()).labels())
                    .as(name)
                    .contains(Set.of());
        });
    }

    /** An alert that names a missing label would show "of ." to the person on call. */
    @Test
    void labelsOfAlerts_existInTheirResults() {
        assertThat(alerts()).allSatisfy(alert -> {
            Promql.Value result = Promql.read(alert.path("expr").asText());
            assertThat(LABEL.matcher(alert.path("annotations").toString()).results())
                    .as(alert.path("alert").asText())
                    .allMatch(label -> result.has(label.group(1)));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(rate(x[5m])",
                "sum(rate(x[5m])))",
                "sum(rate(x))",
                "rate(x[5 m])",
                "sum by (job (x)",
                "sum(x) > ",
                "x{job=lectern}",
                "x{job=~\"(\"}",
                "x[5m] > 1",
                "rates(x[5m])",
                "x and 1",
                "sum by (job) (x) / sum by (pod) (y)",
                "sum by (pod) (sum by (job) (x))",
                "histogram_quantile(0.9, sum by (uri) (rate(x_bucket[5m])))"
            })
    void whatIsNoExpressionIsRefused(String expression) {
        assertThatThrownBy(() -> Promql.read(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void labelsOfResults_areKnown() {
        assertThat(Promql.read("absent(up{job=\"a\"})").has("job")).isTrue();
        assertThat(Promql.read("absent(up{job=\"a\"} == 1)").has("job")).isFalse();
        assertThat(Promql.read("sum by (job) (up) == 0 or absent(up{job=\"a\"})")
                        .has("job"))
                .isTrue();
        assertThat(Promql.read("max(up) > 1").has("job")).isFalse();
        assertThat(Promql.read("time() - up > 1").has("job")).isTrue();
    }

    @Test
    void recordedSeries_areUsedAndDefined() throws JsonProcessingException {
        Set<String> recorded = new HashSet<>();
        Set<String> used = new HashSet<>();
        rules().forEach(rule -> recorded.add(rule.path("record").asText("")));
        List<String> all = expressions();
        all.forEach(expression -> RECORDED.matcher(expression).results().forEach(match -> used.add(match.group())));
        recorded.remove("");
        assertThat(used).isEqualTo(recorded);
    }
}
