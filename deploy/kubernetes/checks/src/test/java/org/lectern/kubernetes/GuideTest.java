package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command and YAML block in the documents for operators is right, as far as that can be shown without a cluster.
 */
class GuideTest {

    static Stream<Guide.Block> commands() {
        return blocks("sh");
    }

    static Stream<Guide.Block> yaml() {
        return blocks("yaml");
    }

    private static Stream<Guide.Block> blocks(String language) {
        return Guide.DOCUMENTS.stream()
                .flatMap(document -> Guide.blocks(document).stream())
                .filter(block -> block.language().equals(language));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void everyBlock_runsFromTopToBottom(Guide.Block block) {
        assertThat(faults(block)).isEmpty();
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("yaml")
    void everyYamlBlock_isValid(Guide.Block block) {
        Manifests objects = Manifests.parse(block.text());
        assertThat(objects.resources()).isNotEmpty();
        objects.resources().stream()
                .filter(object -> object.json().has("kind"))
                .forEach(object -> assertThat(Schemas.refusal(object)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"restore/backup-scheduler.yaml", "restore/backup-notification.yaml", "catalog.yaml"})
    void fileOfTheGuide_isValid(String file) {
        Manifests objects = Manifests.parse(Repository.read("deploy/kubernetes/" + file));
        assertThat(Rule.SCHEMAS.brokenBy(objects)).isEmpty();
        assertThat(Rule.VALUES.brokenBy(objects)).isEmpty();
    }

    /** The guide has the steps that were missing once and cost data or time. */
    @Test
    void restore_hasItsStepsInOrder() {
        List<String> calls = calls("deploy/kubernetes/restore.md");
        assertThat(calls)
                .containsSubsequence(
                        "kubectl -n lectern delete hpa scheduler --ignore-not-found",
                        "kubectl -n lectern scale deployment scheduler scheduler-planner --replicas=0",
                        "kubectl create -f deploy/kubernetes/restore/backup-scheduler.yaml",
                        "kubectl apply -k deploy/kubernetes/overlays/restore-scheduler",
                        "kubectl -n lectern scale deployment scheduler --replicas=2");
        assertThat(calls)
                .containsSubsequence(
                        "kubectl -n lectern annotate scaledobject notification autoscaling.keda.sh/paused-replicas=0 --overwrite",
                        "kubectl -n lectern delete clusters.postgresql.cnpg.io notification-database --ignore-not-found",
                        "kubectl apply -k deploy/kubernetes/overlays/restore-notification",
                        "kubectl -n lectern annotate scaledobject notification autoscaling.keda.sh/paused-replicas-",
                        "kubectl -n lectern scale deployment notification --replicas=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubectl -n lectern get pods --all-of-them",
                "kubectl -n lectern wait --for=condtion=Ready clusters.postgresql.cnpg.io/scheduler-database",
                "kubectl apply -k deploy/kubernetes/overlays/nowhere",
                "kubectl apply -k deploy/kubernetes/overlays/production -l app.kubernetes.io/component=migrations",
                "kubectl -n lectern rollout status deployment/schedulers",
                "kubectl -n lectern delete hpa schedulers",
                "kubectl -n lectern create job doctor-1 --from=cronjob/schedulers-doctor",
                "kubectl -n lectern delete pods -l cnpg.io/cluster=schedulers",
                "kubectl -n lectern get secret scheduler-databases",
                "kubectl -n lecturn get pods",
                "kubectl -n lectern delete scaledobjct notification",
                "kubectl -n lectern-drill delete clusters.postgresql.cnpg.io drill",
                "curl -d '{}' \"$S/api/v1/outbox/replay\"",
                "curl -X DELETE \"$S/api/v1/outbox/replays\"",
                "kubectl -n lectern get pods -l \"app",
                "kubectl -n lectern exec \"$primary\" -- true",
                "deploy/kubernetes/no-such-script"
            })
    void wrongCommand_isFound(String command) {
        if (Programs.find("kubectl").isPresent() || !command.matches(".*(--all|condtion).*")) {
            assertThat(faults(new Guide.Block("seed.md", 1, "sh", command + "\n")))
                    .isNotEmpty();
        }
    }

    private static List<String> calls(String document) {
        return Guide.blocks(document).stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(block -> Guide.run(block).calls().stream())
                .map(Guide.Call::toString)
                .toList();
    }

    private static List<String> faults(Guide.Block block) {
        List<String> faults = new ArrayList<>();
        Guide.scripts(block).stream()
                .filter(script -> !Files.isExecutable(script))
                .forEach(script -> faults.add("There is no script " + script));
        Guide.Run run = Guide.run(block);
        if (run.exit() != 0) {
            faults.add("The shell ends with " + run.exit() + ": " + run.errors());
        }
        run.calls().forEach(call -> faults.addAll(GuideCalls.faults(call)));
        Optional<Path> kubectl = Programs.find("kubectl");
        if (kubectl.isPresent()) {
            run.calls().stream()
                    .filter(call -> call.program().equals("kubectl"))
                    .distinct()
                    .forEach(call -> GuideCalls.refusal(kubectl.get(), call).ifPresent(faults::add));
        }
        return faults;
    }
}
