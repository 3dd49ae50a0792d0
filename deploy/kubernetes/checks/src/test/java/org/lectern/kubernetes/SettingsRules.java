package org.lectern.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What must be true of the settings the services are given. */
final class SettingsRules {

    /** Secrets README.md says how to make by hand. */
    private static final Set<String> BY_HAND = Set.of(
            "scheduler-database",
            "scheduler-database-owner",
            "notification-database",
            "notification-database-owner",
            "notification-secrets",
            "notification-mail",
            "backup-store",
            "keycloak-database");

    private SettingsRules() {}

    /** Each variable is one the service reads at its start: none is misspelt, fixed in the build or gone. */
    static Stream<String> everyVariableIsRead(Manifests manifests) {
        return manifests
                .workloads()
                .flatMap(workload -> variables(manifests, workload).keySet().stream()
                        .filter(variable -> !service(workload).reads(variable))
                        .map(variable -> workload + " sets " + variable + ", which the service does not read"));
    }

    /** What the service cannot do without is there. */
    static Stream<String> everythingNeededIsSet(Manifests manifests) {
        return manifests
                .ofKind("Deployment")
                .flatMap(workload -> service(workload).needed().stream()
                        .filter(variable -> !variables(manifests, workload).containsKey(variable))
                        .map(variable -> workload + " does not set " + variable));
    }

    static Stream<String> noVariableIsSetTwice(Manifests manifests) {
        return manifests.workloads().flatMap(workload -> {
            Set<String> seen = new HashSet<>();
            return Resource.each(workload.container().path("env"))
                    .map(variable -> variable.path("name").asText())
                    .filter(name -> !seen.add(name))
                    .map(name -> workload + " sets " + name + " twice");
        });
    }

    /** Passwords and keys come from Secrets, and stand nowhere as they are. */
    static Stream<String> secretsAreNotWrittenDown(Manifests manifests) {
        Stream<String> literals = manifests
                .workloads()
                .flatMap(workload -> variables(manifests, workload).entrySet().stream()
                        .filter(variable ->
                                variable.getKey().matches("(.*(PASSWORD|SECRET|TOKEN|CREDENTIALS).*|.*_KEYS?)"))
                        .filter(variable -> !variable.getValue().startsWith("secret:"))
                        .map(variable -> workload + " has " + variable.getKey() + " written down"));
        Stream<String> secrets = manifests.ofKind("Secret").map(secret -> secret + " is written down");
        return Stream.concat(literals, secrets);
    }

    /** What is referred to is made by this overlay, by one of its operators, or by hand as README.md says. */
    static Stream<String> referencesLeadSomewhere(Manifests manifests) {
        Set<String> secrets = new TreeSet<>(BY_HAND);
        manifests
                .ofKind("ExternalSecret")
                .forEach(secret -> secrets.add(secret.at("/spec/target/name").asText()));
        manifests.ofKind("KafkaUser").forEach(user -> secrets.add(user.name()));
        manifests.ofKind("Kafka").forEach(kafka -> secrets.add(kafka.name() + "-cluster-ca-cert"));
        manifests.ofKind("Cluster").forEach(cluster -> secrets.add(cluster.name() + "-ca"));
        List<String> wrong = new ArrayList<>();
        manifests.workloads().forEach(workload -> {
            Stream.concat(
                            workload.container().findParents("secretKeyRef").stream()
                                    .map(parent ->
                                            parent.at("/secretKeyRef/name").asText()),
                            Resource.each(workload.pod().path("volumes"))
                                    .filter(volume -> volume.has("secret"))
                                    .map(volume ->
                                            volume.at("/secret/secretName").asText()))
                    .filter(secret -> !secrets.contains(secret))
                    .forEach(secret -> wrong.add(workload + " needs the secret " + secret + ", which nobody makes"));
            Resource.each(workload.container().path("envFrom"))
                    .map(from -> from.at("/configMapRef/name").asText())
                    .filter(name -> !manifests.has("ConfigMap", name))
                    .forEach(name -> wrong.add(workload + " reads " + name + ", which is not there"));
        });
        manifests
                .ofKind("TriggerAuthentication")
                .forEach(authentication -> authentication
                        .each("/spec/secretTargetRef")
                        .map(parameter -> parameter.path("name").asText())
                        .filter(secret -> !secrets.contains(secret))
                        .forEach(secret -> wrong.add(authentication + " needs the secret " + secret)));
        return wrong.stream();
    }

    /** Everything is in one namespace, which admits no pod that could do harm. */
    static Stream<String> everythingIsInOneRestrictedNamespace(Manifests manifests) {
        List<String> wrong = new ArrayList<>();
        Set<String> namespaces = new HashSet<>();
        manifests.resources().stream()
                .filter(resource -> !resource.kind().equals("Namespace"))
                .forEach(resource ->
                        namespaces.add(resource.at("/metadata/namespace").asText()));
        manifests
                .ofKind("Namespace")
                .filter(namespace -> !namespace
                        .at("/metadata/labels")
                        .path("pod-security.kubernetes.io/enforce")
                        .asText()
                        .equals("restricted"))
                .forEach(namespace -> wrong.add(namespace + " admits any pod"));
        if (namespaces.size() != 1
                || !manifests.has("Namespace", namespaces.iterator().next())) {
            wrong.add("Things are in " + namespaces);
        }
        return wrong.stream();
    }

    /** What a container's process finds in its environment; what comes of a Secret as {@code secret:NAME/KEY}. */
    static Map<String, String> variables(Manifests manifests, Resource workload) {
        Map<String, String> variables = new LinkedHashMap<>();
        Resource.each(workload.container().path("envFrom"))
                .map(from -> from.at("/configMapRef/name").asText())
                .filter(name -> manifests.has("ConfigMap", name))
                .forEach(name -> variables.putAll(
                        Resource.texts(manifests.one("ConfigMap", name).at("/data"))));
        Resource.each(workload.container().path("env")).forEach(variable -> {
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            variables.put(
                    variable.path("name").asText(),
                    secret.isMissingNode()
                            ? variable.path("value").asText()
                            : "secret:" + secret.path("name").asText() + "/"
                                    + secret.path("key").asText());
        });
        return variables;
    }

    static Service service(Resource workload) {
        return Service.called(workload.podLabels().get("app.kubernetes.io/name"));
    }
}
