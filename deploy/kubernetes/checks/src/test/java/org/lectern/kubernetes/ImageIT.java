package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.local.FreePort;
import org.lectern.local.TestStack;

/**
 * The image of each service under an OCI runtime, with the restrictions of its manifest: user, root file system,
 * capabilities, seccomp, empty directories. Skipped where crun is missing or may not make containers.
 */
@Tag("proof")
class ImageIT {

    private static final Manifests PRODUCTION = Manifests.of("production");

    @BeforeAll
    static void containersCanBeMade(@TempDir Path folder) throws Exception {
        assumeTrue(Programs.find("crun").isPresent(), "There is no crun here");
        assumeTrue(Programs.find("unshare").isPresent(), "There is no unshare here");
        OciBundle bundle = OciBundle.of("scheduler", PRODUCTION.one("Deployment", "scheduler"), Map.of(), folder);
        try (var version = StartedContainer.start(bundle.starting("/lectern/jre/bin/java", "--version"))) {
            int code = version.ended();
            assumeTrue(code == 0, () -> "crun makes no container here (" + code + "): " + version.output());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduler", "notification"})
    void confinedService_answersItsProbesAndStopsWhenAsked(String service, @TempDir Path folder) throws Exception {
        Resource workload = PRODUCTION.one("Deployment", service);
        int management = FreePort.any();
        try (var container = StartedContainer.start(
                OciBundle.of(service, workload, variables(service, management), named(folder, service)))) {
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                container.until(
                        workload.container().path(probe).at("/httpGet/path").asText(), management);
            }

            assertThat(container
                            .confinement()
                            .escapes(
                                    workload.pod()
                                            .at("/securityContext/runAsUser")
                                            .asInt(),
                                    List.copyOf(OciBundle.volumes(workload).keySet())))
                    .isEmpty();
            // 143: ended by SIGTERM, after the orderly stop of the JVM
            assertThat(container.stopped()).as(container.output()).isIn(0, 143);
            assertThat(container.output()).contains("stopped in");
        }
    }

    @Test
    void doctor_worksInAnImageWithoutAShell(@TempDir Path folder) throws Exception {
        Resource workload = PRODUCTION.one("CronJob", "scheduler-doctor");
        Map<String, String> variables = variables("scheduler", FreePort.any());
        variables.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/nothing");
        OciBundle bundle = OciBundle.of("scheduler", workload, variables, named(folder, "doctor"), "doctor");
        try (var container = StartedContainer.start(bundle)) {
            assertThat(container.ended()).isNotZero();
            assertThat(container.output()).contains("FIX").contains("PostgreSQL");
        }
    }

    private static Path named(Path folder, String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private static Map<String, String> variables(String service, int management) {
        TestStack stack = TestStack.start();
        Map<String, String> variables = new TreeMap<>(StartedService.variables(PRODUCTION, service, stack));
        variables.keySet().removeIf(name -> name.startsWith("KAFKA_"));
        variables.putAll(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                stack.kafkaBootstrapServers(),
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(FreePort.any()),
                "QUARKUS_MANAGEMENT_HOST",
                "127.0.0.1",
                "QUARKUS_MANAGEMENT_PORT",
                Integer.toString(management)));
        // the limit of the manifest, which no control group says here
        variables.merge("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=768m", (options, limit) -> options + " " + limit);
        return variables;
    }
}
