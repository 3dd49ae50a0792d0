package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prometheus itself evaluates every alert in a sick case, where it fires, and in a healthy one, where it is silent.
 * Needs
 * {@code promtool} (package {@code prometheus} of Debian); without it, only the presence of the cases is checked.
 */
class PromtoolTest {

    private static final String TESTS = "deploy/observability/tests/";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"objectives", "services", "events", "engines", "backups"})
    void alerts_fireWhenSickAndAreSilentWhenHealthy(String cases) throws Exception {
        Optional<Path> promtool = Programs.find("promtool");
        if (promtool.isPresent()) {
            assertThat(run(promtool.get(), rules(), cases, null)).isEmpty();
        }
    }

    @Test
    void rules_haveNoFault() throws Exception {
        Optional<Path> promtool = Programs.find("promtool");
        if (promtool.isPresent()) {
            Files.writeString(folder.resolve("rules.yaml"), Manifests.YAML.writeValueAsString(rules()));
            assertThat(output(promtool.get().toString(), "check", "rules", "--lint=all", "rules.yaml"))
                    .isEmpty();
        }
    }

    @Test
    void alertmanagerSample_isValid() throws Exception {
        Optional<Path> amtool = Programs.find("amtool");
        if (amtool.isPresent()) {
            Path sample = Repository.at("deploy/observability/alertmanager.yaml");
            assertThat(output(amtool.get().toString(), "check-config", sample.toString()))
                    .isEmpty();
        }
    }

    @Test
    void everyAlert_hasASickAndAHealthyCase() throws IOException {
        Set<String> alerts = new TreeSet<>();
        rules().findValues("alert").forEach(alert -> alerts.add(alert.asText()));
        Set<String> sick = new TreeSet<>();
        Set<String> healthy = new TreeSet<>();
        for (Path file : Repository.below(TESTS)) {
            for (JsonNode alert : Manifests.YAML.readTree(Repository.read(file)).findValues("alert_rule_test")) {
                JsonNode test = alert.path(0);
                (test.path("exp_alerts").isEmpty() ? healthy : sick)
                        .add(test.path("alertname").asText());
            }
        }
        assertThat(sick).isEqualTo(alerts);
        assertThat(healthy).isEqualTo(alerts);
    }

    /** Each line changes an expression; the cases of that file then fail. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "backups; > 0) > 129600; >= 0) > 129600",
                "backups; > 129600; > 1296000",
                "engines; cluster=~\"(scheduler|notification)-database\"}) < 2; cluster=~\"(scheduler|notification)-database\"}) < 1",
                "engines; ) < 0.15; ) < 0.005",
                "engines; count by (pool) (up{job=\"kafka\"} == 1); count by (pool) (up{job=\"kafka\"})",
                "objectives; and lectern:api_errors:increase1h > 10; and lectern:api_errors:increase1h > 0",
                "services; - time() < 21; - time() < 1",
                "services; max_over_time(kube_pod; min_over_time(kube_pod",
                "events; lectern_deliveries_oldest_due_seconds) > 300; lectern_deliveries_oldest_due_seconds) > 3000",
            })
    void changedRule_failsItsCases(String cases, String expression, String seed) throws Exception {
        Optional<Path> promtool = Programs.find("promtool");
        if (promtool.isPresent()) {
            JsonNode rules = rules();
            ObjectNode changed = (ObjectNode) rules.findParents("expr").stream()
                    .filter(rule -> rule.path("expr").asText().contains(expression))
                    .findFirst()
                    .orElseThrow();
            changed.put("expr", changed.path("expr").asText().replace(expression, seed));
            assertThat(run(promtool.get(), rules, cases, changed.path("alert").asText()))
                    .contains("FAILED");
        }
    }

    /** The groups of rules as Prometheus reads them. */
    private static JsonNode rules() throws IOException {
        return Manifests.YAML
                .readTree(Repository.read("deploy/observability/rules.yaml"))
                .path("spec");
    }

    /**
     * What promtool says to the cases of a file; empty if all hold. Other alerts, recorded series that nothing here
     * reads, and annotations are left out: they cost time, and annotations would have to be repeated in each case.
     */
    private String run(Path promtool, JsonNode rules, String cases, @Nullable String only) throws Exception {
        ObjectNode file = (ObjectNode) Manifests.YAML.readTree(Repository.read(TESTS + cases + ".yaml"));
        if (only != null) {
            remove(file.path("tests"), test -> !alertname(test).equals(only));
        }
        Set<String> alerts = new TreeSet<>();
        file.path("tests").forEach(test -> alerts.add(alertname(test)));
        rules.path("groups").forEach(group -> {
            remove(
                    group.path("rules"),
                    rule -> rule.has("alert")
                            ? !alerts.contains(rule.path("alert").asText())
                            : !cases.equals("objectives"));
            group.path("rules").forEach(rule -> ((ObjectNode) rule).remove("annotations"));
        });
        Files.writeString(folder.resolve("rules.yaml"), Manifests.YAML.writeValueAsString(rules));
        Path copy = folder.resolve(cases + ".yaml");
        Files.writeString(copy, Manifests.YAML.writeValueAsString(file));
        return output(promtool.toString(), "test", "rules", copy.toString());
    }

    private static String alertname(JsonNode test) {
        return test.at("/alert_rule_test/0/alertname").asText();
    }

    private static void remove(JsonNode list, Predicate<JsonNode> unwanted) {
        for (Iterator<JsonNode> elements = list.elements(); elements.hasNext(); ) {
            if (unwanted.test(elements.next())) {
                elements.remove();
            }
        }
    }

    private String output(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : said + "FAILED";
    }
}
