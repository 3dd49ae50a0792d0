package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample that admits only signed images applies to ours, and asks for what the build of an image writes. */
class PolicyTest {

    private static final String SAMPLE = Repository.read("deploy/kubernetes/policy/verify-images.yaml");
    private static final Pattern WRITTEN = Pattern.compile("\"predicateType\", \"([^\"]+)\"");
    private static final Pattern BUILD_TYPE = Pattern.compile("BUILD_TYPE = \"([^\"]+)\"");

    private static List<String> faults(String yaml) {
        Resource policy = Manifests.parse(yaml).resources().getFirst();
        List<String> faults = new ArrayList<>();
        Schemas.refusal(policy).ifPresent(faults::add);
        JsonNode images = policy.at("/spec/rules/0/verifyImages/0");
        Manifests.of("production").workloads().forEach(workload -> {
            String image = workload.container().path("image").asText();
            String admitted = images.at("/imageReferences/0").asText();
            if (!image.startsWith(admitted.replace("*", ""))) {
                faults.add(image + " is not verified");
            }
        });
        List<String> types = new ArrayList<>();
        images.path("attestations").forEach(each -> types.add(each.path("type").asText()));
        String provenance = source("Provenance.java");
        if (!types.containsAll(List.of("https://cyclonedx.org/bom", found(WRITTEN, provenance)))) {
            faults.add("attestations are " + types);
        }
        if (!yaml.contains("value: " + found(BUILD_TYPE, provenance))) {
            faults.add("another type of build");
        }
        if (!policy.at("/spec/validationFailureAction").asText().equals("Enforce")
                || !images.path("required").asBoolean()) {
            faults.add("unsigned images are admitted");
        }
        return faults;
    }

    private static String source(String file) {
        return Repository.read("deploy/kubernetes/image/src/main/java/org/lectern/image/" + file);
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void sample_fitsItsSchemaAndOurImages() {
        assertThat(faults(SAMPLE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "verifyDigest:, verifyDigests:",
        "required: true, required: false",
        "Enforce, Audit",
        "registry.example.org/lectern/*, registry.example.org/other/*",
        "slsa.dev/provenance/v1, slsa.dev/provenance/v0.2",
        "urn:lectern:image:v1, urn:lectern:image:v2",
        "kinds: [Pod], kinds: 1"
    })
    void seededError_isFound(String right, String wrong) {
        assertThat(SAMPLE).contains(right);
        assertThat(faults(SAMPLE.replace(right, wrong))).isNotEmpty();
    }
}
