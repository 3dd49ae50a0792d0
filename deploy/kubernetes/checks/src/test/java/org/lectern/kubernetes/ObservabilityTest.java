package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Rules, runbook and dashboards fit together; that each metric exists is tested where the services run. */
class ObservabilityTest {

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

    @Test
    void everyAlertSaysHowUrgentItIsAndWhereToReadOn() {
        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            String name = alert.path("alert").asText();
            assertThat(alert.at("/labels/severity").asText()).as(name).isIn("page", "ticket");
            assertThat(alert.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertThat(alert.at("/annotations/runbook").asText())
                    .isEqualTo("deploy/observability/runbook.md#" + name.toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void everyAlertHasItsEntryInTheRunbookAndEveryEntryItsAlert() {
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

    @Test
    void everyEntrySaysWhatItMeansWhatToLookAtAndWhatToDo() {
        String[] entries = Repository.read("deploy/observability/runbook.md").split("(?m)^## ");
        assertThat(List.of(entries).subList(1, entries.length))
                .allSatisfy(entry -> assertThat(entry).contains("*Means.*", "*Look.*", "*Do.*"));
    }

    @Test
    void whatIsRecordedIsUsedAndWhatIsUsedIsRecorded() throws JsonProcessingException {
        Set<String> recorded = new HashSet<>();
        Set<String> used = new HashSet<>();
        Stream<String> expressions = rules().stream().map(rule -> {
            recorded.add(rule.path("record").asText(""));
            return rule.path("expr").asText();
        });
        List<String> all = new ArrayList<>(expressions.toList());
        for (Path dashboard : Repository.below("deploy/observability/dashboards")) {
            JsonNode json = new ObjectMapper().readTree(Repository.read(dashboard));
            json.findValues("expr").forEach(expression -> all.add(expression.asText()));
        }
        all.forEach(expression -> RECORDED.matcher(expression).results().forEach(match -> used.add(match.group())));
        recorded.remove("");
        assertThat(used).isEqualTo(recorded);
    }
}
