package org.lectern.kubernetes;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Checks what {@link Schemas} leaves open and an API server refuses: enumerations, required fields, and text formats.
 * It covers the fields in use, from the API reference of Kubernetes and the CRDs; add further fields here. A position
 * is the end of its path, without list indexes.
 */
final class Values {

    private static final Map<String, List<String>> ENUMERATIONS = Map.ofEntries(
            entry("topologySpreadConstraints/whenUnsatisfiable", List.of("DoNotSchedule", "ScheduleAnyway")),
            entry("seccompProfile/type", List.of("RuntimeDefault", "Localhost", "Unconfined")),
            entry("topologySpreadConstraints/nodeTaintsPolicy", List.of("Honor", "Ignore")),
            entry("strategy/type", List.of("RollingUpdate", "Recreate")),
            entry("spec/restartPolicy", List.of("Always", "OnFailure", "Never")),
            entry("containers/imagePullPolicy", List.of("Always", "IfNotPresent", "Never")),
            entry("spec/policyTypes", List.of("Ingress", "Egress")),
            entry("ports/protocol", List.of("TCP", "UDP", "SCTP")),
            entry("paths/pathType", List.of("Exact", "Prefix", "ImplementationSpecific")),
            entry("path/type", List.of("Exact", "PathPrefix", "RegularExpression")),
            entry("matchExpressions/operator", List.of("In", "NotIn", "Exists", "DoesNotExist")),
            entry("spec/unhealthyPodEvictionPolicy", List.of("AlwaysAllow", "IfHealthyBudget")),
            entry("metrics/type", List.of("Resource", "ContainerResource", "Pods", "Object", "External")),
            entry("target/type", List.of("Utilization", "Value", "AverageValue")),
            entry("policies/type", List.of("Pods", "Percent")),
            entry("imageCatalogRef/kind", List.of("ImageCatalog", "ClusterImageCatalog")),
            entry("spec/primaryUpdateStrategy", List.of("supervised", "unsupervised")),
            entry("spec/primaryUpdateMethod", List.of("switchover", "restart")),
            entry("initdb/localeProvider", List.of("builtin", "icu", "libc")),
            entry("synchronous/method", List.of("any", "first")),
            entry("synchronous/dataDurability", List.of("required", "preferred")),
            entry("roles/ensure", List.of("present", "absent")),
            entry("affinity/podAntiAffinityType", List.of("required", "preferred")),
            entry("spec/backupOwnerReference", List.of("none", "self", "cluster")),
            entry("spec/method", List.of("barmanObjectStore", "volumeSnapshot", "plugin")),
            entry("wal/compression", List.of("bzip2", "gzip", "lz4", "snappy", "xz", "zstd")),
            entry("data/compression", List.of("bzip2", "gzip", "snappy")),
            entry(
                    "fallback/behavior",
                    List.of("static", "currentReplicas", "currentReplicasIfHigher", "currentReplicasIfLower")),
            entry("triggers/metricType", List.of("AverageValue", "Value", "Utilization")),
            entry("secretStoreRef/kind", List.of("SecretStore", "ClusterSecretStore")),
            entry("target/creationPolicy", List.of("Owner", "Orphan", "Merge", "None")),
            entry("target/deletionPolicy", List.of("Delete", "Merge", "Retain")),
            entry("proxy/headers", List.of("forwarded", "xforwarded")));

    /** Required fields by kind and end of path. */
    private static final Map<String, List<String>> REQUIRED = Map.ofEntries(
            entry("Deployment:/containers", List.of("name", "image")),
            entry("Job:/containers", List.of("name", "image")),
            entry("Deployment:/containers/ports", List.of("containerPort")),
            entry("Deployment:/env", List.of("name")),
            entry("Deployment:/secretKeyRef", List.of("name", "key")),
            entry("Deployment:/volumes", List.of("name")),
            entry("Deployment:/volumeMounts", List.of("name", "mountPath")),
            entry("Deployment:/topologySpreadConstraints", List.of("maxSkew", "topologyKey", "whenUnsatisfiable")),
            entry("HorizontalPodAutoscaler:/spec", List.of("scaleTargetRef", "maxReplicas")),
            entry("HorizontalPodAutoscaler:/scaleTargetRef", List.of("kind", "name")),
            entry("HorizontalPodAutoscaler:/policies", List.of("type", "value", "periodSeconds")),
            entry("NetworkPolicy:/spec", List.of("podSelector")),
            entry("NetworkPolicy:/ipBlock", List.of("cidr")),
            entry("Ingress:/paths", List.of("pathType", "backend")),
            entry("HTTPRoute:/backendRefs", List.of("name", "port")),
            entry("HTTPRoute:/parentRefs", List.of("name")),
            entry("PodMonitor:/spec", List.of("selector", "podMetricsEndpoints")),
            entry("PrometheusRule:/rules", List.of("expr")),
            entry("KafkaNodePool:/spec", List.of("replicas", "roles", "storage")),
            entry("Kafka:/listeners", List.of("name", "port", "type", "tls")),
            entry("KafkaUser:/acls", List.of("resource")),
            entry("Cluster:/spec", List.of("instances", "storage")),
            entry("Cluster:/synchronous", List.of("method", "number")),
            entry("Cluster:/imageCatalogRef", List.of("kind", "name", "major")),
            entry("Cluster:/plugins", List.of("name")),
            entry("Cluster:/recovery", List.of("source", "database", "owner")),
            entry("Cluster:/externalClusters", List.of("name")),
            entry("Backup:/spec", List.of("cluster", "method")),
            entry("ScheduledBackup:/spec", List.of("schedule", "cluster")),
            entry("ObjectStore:/spec", List.of("configuration")),
            entry("ObjectStore:/configuration", List.of("destinationPath")),
            entry("ScaledObject:/spec", List.of("scaleTargetRef", "triggers")),
            entry("ScaledObject:/scaleTargetRef", List.of("name")),
            entry("ScaledObject:/triggers", List.of("type", "metadata")),
            entry("ScaledObject:/fallback", List.of("failureThreshold", "replicas")),
            entry("TriggerAuthentication:/secretTargetRef", List.of("parameter", "name", "key")),
            entry("ExternalSecret:/spec/data", List.of("secretKey", "remoteRef")),
            entry("ExternalSecret:/remoteRef", List.of("key")),
            entry("KeycloakRealmImport:/spec", List.of("keycloakCRName", "realm")));

    private static final String QUANTITY = "\\d+(\\.\\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?";
    private static final String DURATION = "(\\d+(ms|[smhdwy]))+";
    private static final String LABEL = "([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?";

    /** A star represents any name. A position may begin with its kind. */
    private static final Map<String, String> PATTERNS = Map.ofEntries(
            entry("metadata/name", "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?"),
            entry("labels/*", LABEL),
            entry("matchLabels/*", LABEL),
            entry("requests/*", QUANTITY),
            entry("limits/*", QUANTITY),
            entry("emptyDir/sizeLimit", QUANTITY),
            entry("storage/size", QUANTITY),
            entry("walStorage/size", QUANTITY),
            entry("volumes/size", QUANTITY),
            entry("env/name", "[A-Za-z_][A-Za-z0-9_]*"),
            entry("ports/name", "[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?"),
            entry("ports/containerPort", "[1-9]\\d{0,4}"),
            entry("ipBlock/cidr", "[0-9a-f.:]+/\\d{1,3}"),
            entry("ipBlock/except", "[0-9a-f.:]+/\\d{1,3}"),
            entry("timeouts/request", DURATION),
            entry("podMetricsEndpoints/interval", DURATION),
            entry("podMetricsEndpoints/scrapeTimeout", DURATION),
            entry("groups/interval", DURATION),
            entry("rules/for", DURATION),
            entry("spec/refreshInterval", DURATION),
            entry("spec/retentionPolicy", "[1-9]\\d*[dwm]"),
            entry("recoveryTarget/targetTime", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)"),
            // with seconds, unlike the schedule of a CronJob
            entry("ScheduledBackup/spec/schedule", "\\S+( \\S+){5}"),
            entry("CronJob/spec/schedule", "\\S+( \\S+){4}"));

    private Values() {}

    /** The reason why an API server would refuse the object; empty if it is valid. */
    static List<String> refusals(Resource resource) {
        List<String> wrong = new ArrayList<>();
        if (resource.name().isEmpty() && resource.at("/metadata/generateName").isMissingNode()) {
            wrong.add(resource + " has no name");
        }
        look(resource, "/" + resource.kind(), resource.json(), wrong);
        return wrong;
    }

    private static void look(Resource resource, String path, JsonNode node, List<String> wrong) {
        if (node.isArray()) {
            node.forEach(element -> look(resource, path, element, wrong));
        } else if (node.isObject()) {
            REQUIRED.forEach((place, fields) -> {
                String[] where = place.split(":/");
                if (resource.kind().equals(where[0]) && ends(path, where[1])) {
                    fields.stream()
                            .filter(field -> !node.hasNonNull(field))
                            .forEach(field -> wrong.add(resource + ": " + path + " has no " + field));
                }
            });
            // Keycloak validates the content of a realm, not the API server
            node.properties().stream()
                    .filter(field -> !field.getKey().equals("realm"))
                    .forEach(field -> look(resource, path + "/" + field.getKey(), field.getValue(), wrong));
        } else {
            String parent = path.substring(0, Math.max(0, path.lastIndexOf('/')));
            ENUMERATIONS.forEach((place, allowed) -> {
                if (ends(path, place) && !allowed.contains(node.asText())) {
                    wrong.add(resource + ": " + path + " is " + node.asText() + ", not one of " + allowed);
                }
            });
            PATTERNS.forEach((place, pattern) -> {
                boolean here =
                        place.endsWith("/*") ? ends(parent, place.substring(0, place.length() - 2)) : ends(path, place);
                if (here && !Pattern.matches(pattern, node.asText())) {
                    wrong.add(resource + ": " + path + " is " + node.asText() + ", which has not the form " + pattern);
                }
            });
        }
    }

    private static boolean ends(String path, String place) {
        return path.endsWith("/" + place);
    }
}
