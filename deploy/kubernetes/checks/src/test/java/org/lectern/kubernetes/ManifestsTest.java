package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every overlay keeps every rule, and the checked rendering matches the sources. */
class ManifestsTest {

    static List<String> overlays() {
        return Manifests.overlays();
    }

    static Stream<Arguments> overlaysAndRules() {
        return overlays().stream()
                .flatMap(overlay -> Stream.of(Rule.values()).map(rule -> Arguments.of(overlay, rule)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("overlaysAndRules")
    void everyOverlayKeepsEveryRule(String overlay, Rule rule) {
        assertThat(rule.brokenBy(Manifests.of(overlay))).isEmpty();
    }

    static List<String> renderings() {
        return Stream.concat(overlays().stream(), Stream.of("demo", "drill")).toList();
    }

    /** Works without kubectl: a changed source without a new rendering fails. */
    @ParameterizedTest
    @MethodSource("renderings")
    void renderedManifests_matchTheirSources(String name) {
        assertThat(Repository.read("deploy/kubernetes/rendered/" + name + ".yaml"))
                .as("run deploy/kubernetes/render")
                .startsWith("# made by deploy/kubernetes/render of sources " + sources() + "\n");
    }

    /** Compares with kubectl where it is installed; otherwise prints a message, and the test above covers the case. */
    @ParameterizedTest
    @MethodSource("renderings")
    void kubectl_rendersTheCheckedManifests(String name) throws IOException, InterruptedException {
        Optional<Path> kubectl = Programs.find("kubectl");
        if (kubectl.isEmpty()) {
            System.err.println("There is no kubectl here: " + name + " was not rendered again");
            return;
        }
        Path errors = Files.createTempFile("kustomize", ".log");
        Process process = new ProcessBuilder(
                        kubectl.get().toString(),
                        "kustomize",
                        Repository.at("deploy/kubernetes/" + (overlays().contains(name) ? "overlays/" + name : name))
                                .toString())
                .redirectError(errors.toFile())
                .start();
        String rendered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Repository.read(errors)).isZero();
        assertThat(sorted(Manifests.parse(rendered))).isEqualTo(sorted(Manifests.of(name)));
    }

    @Test
    void everyComponentIsPartOfAnOverlay() throws IOException {
        TreeSet<String> used = new TreeSet<>();
        for (String overlay : overlays()) {
            Manifests.parse(Repository.read("deploy/kubernetes/overlays/" + overlay + "/kustomization.yaml"))
                    .resources()
                    .getFirst()
                    .each("/components")
                    .forEach(component -> used.add(component.asText().replace("../../components/", "")));
        }
        try (Stream<Path> components = Files.list(Repository.at("deploy/kubernetes/components"))) {
            assertThat(components.map(path -> path.getFileName().toString())).containsExactlyInAnyOrderElementsOf(used);
        }
    }

    /** No overlay combines Keycloak with a Gateway, so its route must match the Ingress, which the rules cover. */
    @Test
    void keycloakRoute_equalsItsIngress() {
        Resource route = Manifests.parse(Repository.read("deploy/kubernetes/components/keycloak/route.yaml"))
                .one("HTTPRoute", "identity");
        Resource ingress = Manifests.of("staging").one("Ingress", "identity");
        assertThat(Schemas.refusal(route)).isEmpty();
        assertThat(route.at("/spec/hostnames/0")).isEqualTo(ingress.at("/spec/rules/0/host"));
        assertThat(route.each("/spec/rules/0/matches").map(match -> match.at("/path/value")))
                .containsExactlyElementsOf(ingress.each("/spec/rules/0/http/paths")
                        .map(path -> path.path("path"))
                        .toList());
        assertThat(route.at("/spec/rules/0/backendRefs/0/name"))
                .isEqualTo(ingress.at("/spec/rules/0/http/paths/0/backend/service/name"));
        assertThat(route.at("/spec/rules/0/backendRefs/0/port"))
                .isEqualTo(ingress.at("/spec/rules/0/http/paths/0/backend/service/port/number"));
    }

    private static List<Resource> sorted(Manifests manifests) {
        return manifests.resources().stream()
                .sorted(Comparator.comparing(Resource::type).thenComparing(Resource::name))
                .toList();
    }

    /** The digest of the list of digests, as the script computes it. */
    private static String sources() {
        Path folder = Repository.at("deploy/kubernetes");
        StringBuilder list = new StringBuilder();
        Stream.of(
                        "observability",
                        "kubernetes/base",
                        "kubernetes/components",
                        "kubernetes/demo",
                        "kubernetes/drill",
                        "kubernetes/overlays",
                        "kubernetes/restore")
                .flatMap(part -> Repository.below("deploy/" + part).stream())
                .filter(path -> !path.toString().endsWith(".md"))
                .sorted(Comparator.comparing(path -> folder.relativize(path).toString()))
                .forEach(path -> list.append(digest(bytes(path)))
                        .append("  ")
                        .append(folder.relativize(path))
                        .append('\n'));
        return digest(list.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(Path path) {
        return Repository.read(path).getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
