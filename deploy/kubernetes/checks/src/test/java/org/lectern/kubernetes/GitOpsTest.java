package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples for Argo CD and Flux apply every object of the overlay, each once and in order. */
class GitOpsTest {

    private static final String FOLDER = "deploy/kubernetes/gitops/";

    @TempDir
    Path folder;

    /** Flux adds the patches of a Kustomization to the overlay, as this test does. Needs kubectl. */
    @Test
    void kustomizationsOfFlux_holdEachObjectOnce() throws Exception {
        if (Programs.find("kubectl").isEmpty()) {
            return;
        }
        SourceCopy sources = SourceCopy.in(folder);
        Map<String, Integer> applied = new TreeMap<>();
        for (String name : List.of("lectern-prerequisites", "lectern")) {
            Manifests part = rendered(sources, flux(name));
            part.resources().forEach(object -> applied.merge(object.toString(), 1, Integer::sum));
            part.workloads()
                    .forEach(workload -> Resource.each(workload.container().path("envFrom"))
                            .forEach(from -> assertThat(part.has(
                                            "ConfigMap",
                                            from.at("/configMapRef/name").asText()))
                                    .as(workload.toString())
                                    .isTrue()));
        }
        List<String> all = new ArrayList<>();
        Manifests.of("production").resources().forEach(object -> all.add(object.toString()));
        assertThat(applied.keySet()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(applied)
                .allSatisfy((object, times) -> assertThat(times).as(object).isOne());
    }

    @Test
    void servicesOfFlux_waitForTheirPrerequisites() throws IOException {
        assertThat(flux("lectern").at("/spec/dependsOn/0/name").asText()).isEqualTo("lectern-prerequisites");
        assertThat(flux("lectern-prerequisites").at("/spec/wait").asBoolean()).isTrue();
        assertThat(flux("lectern").at("/spec/timeout").asText())
                .as("longer than a migration may take")
                .isEqualTo("40m");
    }

    /** Self-heal must leave alone what a restore does. */
    @Test
    void argo_ignoresWhatARestoreChanges() {
        Resource application =
                Manifests.parse(Repository.read(FOLDER + "argo-cd.yaml")).one("Application", "lectern");
        assertThat(application
                        .each("/spec/ignoreDifferences")
                        .map(rule -> rule.path("kind").asText()))
                .contains("Deployment", "ScaledObject");
        assertThat(application.at("/spec/syncPolicy/automated").isObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"argo-cd.yaml", "flux.yaml"})
    void samples_leadToAnOverlay(String file) {
        Manifests.parse(Repository.read(FOLDER + file))
                .resources()
                .forEach(object -> object.json().findValues("path").stream()
                        .filter(path -> path.asText().startsWith("deploy/"))
                        .forEach(
                                path -> assertThat(Repository.at(path.asText())).isDirectory()));
    }

    private static Resource flux(String name) {
        return Manifests.parse(Repository.read(FOLDER + "flux.yaml")).one("Kustomization", name);
    }

    /** The overlay with the patches of the Kustomization. */
    private Manifests rendered(SourceCopy sources, Resource kustomization) throws IOException, InterruptedException {
        String overlay = kustomization.at("/spec/path").asText().replaceFirst("^deploy/", "");
        Path patched = sources.at("kubernetes/overlays/patched");
        Files.createDirectories(patched);
        ObjectNode file = Manifests.YAML.createObjectNode().put("namespace", "lectern");
        file.putArray("resources").add("../../../" + overlay);
        file.set("patches", kustomization.at("/spec/patches"));
        Files.writeString(patched.resolve("kustomization.yaml"), Manifests.YAML.writeValueAsString(file));
        return Manifests.parse(sources.rendered("kubernetes/overlays/patched"));
    }
}
