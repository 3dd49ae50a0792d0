package org.lectern.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for the settings of the services. */
final class SettingsRules {

    private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

    private SettingsRules() {}

    /** The service reads each variable at start: none is misspelt, fixed at build time or removed. */
    static Stream<String> everyVariableIsRead(Manifests manifests) {
        return manifests
                .workloads()
                .flatMap(workload -> variables(manifests, workload).keySet().stream()
                        .filter(variable -> !service(workload).reads(variable))
                        .map(variable -> workload + " sets " + variable + ", which the service does not read"));
    }

    /** All required settings are set; a Job needs those of the database only. */
    static Stream<String> everythingNeededIsSet(Manifests manifests) {
        return manifests
                .workloads()
                .flatMap(workload -> service(workload).needed().stream()
                        .filter(variable ->
                                !workload.kind().equals("Job") || variable.startsWith("QUARKUS_DATASOURCE_"))
                        .filter(variable -> variables(manifests, workload)
                                .getOrDefault(variable, "")
                                .isBlank())
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

    /** Passwords and keys come from Secrets and never appear in plain text. */
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

    /**
     * Each reference leads to a resource of this overlay or of its operators. Without a secret store, Secrets may also
     * be those that README.md creates by hand. Certificates are always external.
     */
    static Stream<String> referencesLeadSomewhere(Manifests manifests) {
        Set<String> secrets = new TreeSet<>(makersOfSecrets(manifests).keySet());
        boolean byHand = manifests.ofKind("ExternalSecret").findAny().isEmpty();
        byHand().stream()
                .filter(secret -> byHand || secret.endsWith("-certificate"))
                .forEach(secrets::add);
        return manifests.resources().stream()
                .flatMap(resource -> Stream.concat(
                        secretsOf(resource)
                                .filter(secret -> !secrets.contains(secret))
                                .map(secret ->
                                        resource + " needs the secret " + secret + ", which no manifest creates"),
                        Resource.each(resource.container().path("envFrom"))
                                .map(from -> from.at("/configMapRef/name").asText())
                                .filter(name -> !manifests.has("ConfigMap", name))
                                .map(name -> resource + " reads " + name + ", which is not there")));
    }

    /** The Secrets that an overlay creates, each with its source. */
    static Map<String, Resource> makersOfSecrets(Manifests manifests) {
        Map<String, Resource> makers = new TreeMap<>();
        manifests
                .ofKind("ExternalSecret")
                .forEach(secret -> makers.put(secret.at("/spec/target/name").asText(), secret));
        manifests.ofKind("KafkaUser").forEach(user -> makers.put(user.name(), user));
        manifests.ofKind("Kafka").forEach(kafka -> makers.put(kafka.name() + "-cluster-ca-cert", kafka));
        manifests.ofKind("Cluster").forEach(cluster -> makers.put(cluster.name() + "-ca", cluster));
        return makers;
    }

    /** The names of the Secrets that a resource requires. */
    static Stream<String> secretsOf(Resource resource) {
        Stream<JsonNode> names = switch (resource.kind()) {
            case "Deployment", "Job", "CronJob" ->
                Stream.concat(
                        resource.container().findValues("secretKeyRef").stream()
                                .map(reference -> reference.path("name")),
                        Resource.each(resource.pod().path("volumes"))
                                .filter(volume -> volume.has("secret"))
                                .map(volume -> volume.at("/secret/secretName")));
            case "Cluster" ->
                Stream.concat(
                        Stream.of("initdb", "recovery")
                                .map(way -> resource.at("/spec/bootstrap/" + way))
                                .filter(way -> way.has("secret"))
                                .map(way -> way.at("/secret/name")),
                        resource.each("/spec/managed/roles").map(role -> role.at("/passwordSecret/name")));
            case "ObjectStore" ->
                Stream.of("accessKeyId", "secretAccessKey")
                        .map(key -> resource.at("/spec/configuration/s3Credentials/" + key + "/name"));
            case "Keycloak" ->
                Stream.of("usernameSecret", "passwordSecret").map(key -> resource.at("/spec/db/" + key + "/name"));
            case "TriggerAuthentication" ->
                resource.each("/spec/secretTargetRef").map(parameter -> parameter.path("name"));
            case "Ingress" -> resource.each("/spec/tls").map(tls -> tls.path("secretName"));
            default -> Stream.empty();
        };
        return names.map(JsonNode::asText);
    }

    /** The Secrets that README.md creates by hand: the first column of its table. */
    static Set<String> byHand() {
        Set<String> names = new TreeSet<>();
        Repository.read("deploy/kubernetes/README.md")
                .lines()
                .dropWhile(line -> !line.startsWith("| secret |"))
                .takeWhile(line -> line.startsWith("|"))
                .forEach(line ->
                        NAME.matcher(line.split("\\|")[1]).results().forEach(match -> names.add(match.group(1))));
        return names;
    }

    /** Everything is in one namespace, which admits only restricted pods. */
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

    /** The environment of a container; a value from a Secret appears as {@code secret:NAME/KEY}. */
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
