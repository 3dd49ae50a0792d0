package org.lectern.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for where engines run, in which version, and with how many processors. */
final class PlacementRules {

    private static final Pattern PROCESSORS = Pattern.compile("-XX:ActiveProcessorCount=(\\d+)");

    private PlacementRules() {}

    /** The loss of one node takes one instance of a database, one broker and one controller. */
    static Stream<String> enginesAreSpread(Manifests manifests) {
        Stream<String> databases = manifests
                .ofKind("Cluster")
                .filter(cluster -> cluster.at("/spec/instances").asInt() > 2)
                .filter(cluster -> !cluster.at("/spec/affinity/podAntiAffinityType")
                                .asText()
                                .equals("required")
                        || !cluster.at("/spec/affinity/topologyKey").asText().equals("kubernetes.io/hostname"))
                .map(cluster -> cluster + " may have two instances on one node");
        Stream<String> kafka = manifests
                .ofKind("KafkaNodePool")
                .filter(pool -> pool.each(
                                "/spec/template/pod/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution")
                        .noneMatch(term -> term.path("topologyKey").asText().equals("kubernetes.io/hostname")
                                && term.at("/labelSelector/matchLabels")
                                        .path("strimzi.io/pool-name")
                                        .asText()
                                        .equals(pool.name())))
                .map(pool -> pool + " may have two nodes of Kafka on one node of the cluster");
        // Strimzi places brokers by its rack awareness; the other engines need a constraint of their own
        Stream<String> zones = manifests
                .ofKind("Kafka")
                .filter(one -> one.at("/spec/kafka").has("rack"))
                .flatMap(one -> Stream.concat(
                        manifests
                                .ofKind("KafkaNodePool")
                                .filter(pool ->
                                        pool.at("/spec/roles").toString().contains("controller"))
                                .filter(pool -> !zoned(pool.at("/spec/template/pod/topologySpreadConstraints"))),
                        manifests
                                .ofKind("Cluster")
                                .filter(cluster -> !zoned(cluster.at("/spec/topologySpreadConstraints")))))
                .map(engine -> engine + " may be in one zone, although Kafka is spread");
        return Stream.concat(Stream.concat(databases, kafka), zones);
    }

    private static boolean zoned(JsonNode constraints) {
        return Resource.each(constraints)
                .anyMatch(constraint -> constraint.path("topologyKey").asText().equals("topology.kubernetes.io/zone"));
    }

    /** An upgrade of an operator does not upgrade Kafka or PostgreSQL by the way. */
    static Stream<String> enginesArePinned(Manifests manifests) {
        Stream<String> kafka = manifests
                .ofKind("Kafka")
                .filter(one -> !one.at("/spec/kafka/version").asText().matches("\\d+\\.\\d+\\.\\d+")
                        || !one.at("/spec/kafka/version")
                                .asText()
                                .startsWith(one.at("/spec/kafka/metadataVersion")
                                        .asText("none")
                                        .replaceAll("-.*", "")))
                .map(one -> one + " takes the version of its operator, or a format that this version does not write");
        Stream<String> databases = manifests
                .ofKind("Cluster")
                .filter(cluster -> cluster.at("/spec/imageCatalogRef/major").asInt() == 0)
                .map(cluster -> cluster + " takes the PostgreSQL of its operator");
        return Stream.concat(kafka, databases);
    }

    /**
     * KEDA refuses a fallback without a trigger that says AverageValue (2.17.0), or only triggers of cpu and memory.
     */
    static Stream<String> fallbackHasAnAverage(Manifests manifests) {
        return manifests
                .ofKind("ScaledObject")
                .filter(scaled -> scaled.at("/spec").has("fallback"))
                .filter(scaled -> scaled.each("/spec/triggers")
                        .filter(trigger -> !List.of("cpu", "memory")
                                .contains(trigger.path("type").asText()))
                        .noneMatch(
                                trigger -> trigger.path("metricType").asText().equals("AverageValue")))
                .map(scaled -> scaled + " has a fallback for no trigger");
    }

    /** A JVM without a CPU limit would size its pools for all processors of the node. */
    static Stream<String> processorsAreBounded(Manifests manifests) {
        List<String> wrong = new ArrayList<>();
        manifests.workloads().forEach(workload -> {
            Matcher count = PROCESSORS.matcher(
                    SettingsRules.variables(manifests, workload).getOrDefault("JAVA_TOOL_OPTIONS", ""));
            if (!count.find() || Integer.parseInt(count.group(1)) < 2) {
                wrong.add(workload + " sizes its thread pools by its node");
            }
        });
        return wrong.stream();
    }
}
