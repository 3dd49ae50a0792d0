package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The drill reads production's backups and can change nothing of production. */
class DrillTest {

    @Test
    void drill_keepsItsRules() {
        assertThat(faults(Manifests.of("drill"))).isEmpty();
    }

    @Test
    void drillWithAnArchive_isRefused() {
        Manifests drill = Manifests.of("drill");
        spec(drill, "Cluster", "scheduler-database")
                .putArray("plugins")
                .addObject()
                .put("name", "barman-cloud.cloudnative-pg.io")
                .put("enabled", true)
                .put("isWALArchiver", true);
        assertThat(faults(drill)).anyMatch(fault -> fault.contains("writes an archive"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduler-source", "notification-source"})
    void drillThatDeletesBackups_isRefused(String store) {
        Manifests drill = Manifests.of("drill");
        spec(drill, "ObjectStore", store).put("retentionPolicy", "30d");
        assertThat(faults(drill)).anyMatch(fault -> fault.contains("deletes backups"));
    }

    @Test
    void drillInProductionsNamespace_isRefused() {
        Manifests drill = Manifests.of("drill");
        ((ObjectNode) drill.one("Cluster", "scheduler-database").at("/metadata")).put("namespace", "lectern");
        assertThat(faults(drill)).anyMatch(fault -> fault.contains("is in production's namespace"));
    }

    @Test
    void drillThatCannotReplayTheLog_isRefused() {
        Manifests drill = Manifests.of("drill");
        ((ObjectNode) drill.one("Cluster", "notification-database").at("/spec/postgresql/parameters"))
                .put("max_connections", "100");
        assertThat(faults(drill)).anyMatch(fault -> fault.contains("connections"));
    }

    @Test
    void drillOfAnotherArchive_isRefused() {
        Manifests drill = Manifests.of("drill");
        ((ObjectNode) drill.one("ObjectStore", "scheduler-source").at("/spec/configuration"))
                .put("destinationPath", "s3://elsewhere/scheduler");
        assertThat(faults(drill)).anyMatch(fault -> fault.contains("another archive"));
    }

    private static List<String> faults(Manifests drill) {
        Manifests production = Manifests.of("production");
        String namespace =
                production.ofKind("Namespace").findFirst().orElseThrow().name();
        List<String> faults = new ArrayList<>(Rule.SCHEMAS.brokenBy(drill));
        faults.addAll(Rule.VALUES.brokenBy(drill));
        faults.addAll(Rule.NOTHING_IS_ALLOWED_BY_DEFAULT.brokenBy(drill));
        faults.addAll(Rule.RESTORES_LEAVE_THE_ARCHIVE_ALONE.brokenBy(drill));
        drill.resources().stream()
                .filter(resource -> resource.kind().equals("ScheduledBackup")
                        || RestoreRules.archivers(resource).findAny().isPresent())
                .forEach(resource -> faults.add(resource + " writes an archive"));
        drill.resources().stream()
                .filter(resource -> resource.at("/metadata/namespace").asText().equals(namespace))
                .forEach(resource -> faults.add(resource + " is in production's namespace"));
        for (Service service : Service.ALL) {
            String database = service.name() + "-database";
            Resource restored = drill.one("Cluster", database);
            Resource written = production.one("Cluster", database);
            if (connections(restored) < connections(written)) {
                faults.add(restored + " has fewer connections than the server that wrote its log");
            }
            if (!store(drill, service.name() + "-source").equals(store(production, service.name() + "-backups"))) {
                faults.add(restored + " reads another archive than production writes");
            }
            if (!restored.at("/spec/storage/size").equals(written.at("/spec/storage/size"))) {
                faults.add(restored + " has another volume than production");
            }
        }
        return faults;
    }

    private static String store(Manifests manifests, String name) {
        return manifests
                .one("ObjectStore", name)
                .at("/spec/configuration/destinationPath")
                .asText();
    }

    private static int connections(Resource cluster) {
        return cluster.at("/spec/postgresql/parameters/max_connections").asInt();
    }

    private static ObjectNode spec(Manifests manifests, String kind, String name) {
        return (ObjectNode) manifests.one(kind, name).at("/spec");
    }
}
