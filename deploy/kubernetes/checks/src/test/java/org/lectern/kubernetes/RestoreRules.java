package org.lectern.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules for databases that are restored from an archive. */
final class RestoreRules {

    private RestoreRules() {}

    /**
     * A restored database cannot change the archive it comes from: it reads with keys of its own, deletes nothing
     * there, and writes another archive. Its migrations know the password of its owner.
     */
    static Stream<String> restoresLeaveTheArchiveAlone(Manifests manifests) {
        return manifests
                .ofKind("Cluster")
                .filter(cluster -> cluster.at("/spec/bootstrap").has("recovery"))
                .flatMap(cluster -> {
                    List<String> wrong = new ArrayList<>();
                    JsonNode recovery = cluster.at("/spec/bootstrap/recovery");
                    JsonNode read = cluster.each("/spec/externalClusters")
                            .filter(other -> other.path("name").equals(recovery.path("source")))
                            .findFirst()
                            .map(other -> other.at("/plugin/parameters"))
                            .orElse(Manifests.YAML.missingNode());
                    Optional<Resource> source = manifests.find(
                            "ObjectStore", read.path("barmanObjectName").asText());
                    if (source.isEmpty()) {
                        wrong.add(cluster + " is restored from a store that is not there");
                    } else {
                        if (source.get().at("/spec").has("retentionPolicy")) {
                            wrong.add(cluster + " deletes backups from the archive it reads");
                        }
                        archivers(cluster).forEach(written -> {
                            if (!isApart(manifests, source.get(), written)) {
                                wrong.add(cluster + " reads its archive with keys that can write it");
                            }
                            if (read.path("serverName").equals(written.path("serverName"))
                                    || !written.has("serverName")) {
                                wrong.add(cluster + " writes into the archive it is restored from");
                            }
                        });
                    }
                    boolean migrated = manifests.ofKind("Job").findAny().isPresent();
                    if (migrated && !recovery.at("/secret/name").asText().equals(cluster.name() + "-owner")) {
                        wrong.add(cluster + " gets a password that its migrations do not know");
                    }
                    return wrong.stream();
                });
    }

    /** The parameters of the plugins that archive the log. */
    static Stream<JsonNode> archivers(Resource cluster) {
        return cluster.each("/spec/plugins")
                .filter(plugin -> plugin.path("isWALArchiver").asBoolean())
                .map(plugin -> plugin.path("parameters"));
    }

    private static boolean isApart(Manifests manifests, Resource source, JsonNode written) {
        return manifests
                .find("ObjectStore", written.path("barmanObjectName").asText())
                .filter(store -> !store.equals(source) && !keys(store).equals(keys(source)))
                .isPresent();
    }

    private static String keys(Resource store) {
        return store.at("/spec/configuration/s3Credentials/secretAccessKey/name")
                .asText();
    }
}
