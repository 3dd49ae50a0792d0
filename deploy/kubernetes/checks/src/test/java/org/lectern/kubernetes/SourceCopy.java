package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A copy of the sources of the manifests, to change and render with kubectl. */
record SourceCopy(Path folder) {

    private static final List<String> PARTS = List.of(
            "observability",
            "kubernetes/base",
            "kubernetes/components",
            "kubernetes/overlays",
            "kubernetes/demo",
            "kubernetes/restore");

    static SourceCopy in(Path folder) throws IOException {
        Path deploy = Repository.at("deploy");
        for (String part : PARTS) {
            for (Path file : Repository.below("deploy/" + part)) {
                Path copy = folder.resolve(deploy.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return new SourceCopy(folder);
    }

    /** @param path below {@code deploy} */
    Path at(String path) {
        return folder.resolve(path);
    }

    /** @param kustomization its folder below {@code deploy} */
    String rendered(String kustomization) throws IOException, InterruptedException {
        Process kubectl = new ProcessBuilder(
                        "kubectl", "kustomize", at(kustomization).toString())
                .redirectErrorStream(true)
                .start();
        String rendered = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor()).as(rendered).isZero();
        return rendered;
    }
}
