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

/** What must be true of the settings the services are given. */
final class SettingsRules {

    private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

    private SettingsRules() {}

    /** Each variable is one the service reads at its start: none is misspelt, fixed in the build or gone. */
    static Stream<String> everyVariableIsRead(Manifests manifests) {
        return manifests
                .workloads()
                .flatMap(workload -> variables(manifests, workload).keySet().stream()
                        .filter(variable -> !service(workload).reads(variable))
                        .map(variable -> workload + " sets " + variable + ", which the service does not read"));
    }

    /** What the service cannot do without is there; a Job does without all but the database. */
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

    /**
     * What is referred to is made by this overlay or by one of its operators; or by hand as README.md says, where nothing
     * takes secrets from a store. Certificates come from elsewhere in any case.
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
                                .map(secret -> resource + " needs the secret " + secret + ", which nobody makes"),
                        Resource.each(resource.container().path("envFrom"))
                                .map(from -> from.at("/configMapRef/name").asText())
                                .filter(name -> !manifests.has("ConfigMap", name))
                                .map(name -> resource + " reads " + name + ", which is not there")));
    }

    /** The secrets an overlay makes, each with what makes it. */
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

    /** The names of the secrets something cannot do without. */
    static Stream<String> secretsOf(Resource resource) {
        Stream<JsonNode> names = switch (resource.kind()) {
            case "Deployment", "Job" ->
                Stream.concat(
                        resource.container().findValues("secretKeyRef").stream()
                                .map(reference -> reference.path("name")),
                        Resource.each(resource.pod().path("volumes"))
                                .filter(volume -> volume.has("secret"))
                                .map(volume -> volume.at("/secret/secretName")));
            case "Cluster" ->
                Stream.concat(
                        Stream.of(resource.at("/spec/bootstrap/initdb/secret/name")),
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

    /** What README.md says how to make by hand: the first column of its table of secrets. */
    private static Set<String> byHand() {
        Set<String> names = new TreeSet<>();
        Repository.read("deploy/kubernetes/README.md")
                .lines()
                .dropWhile(line -> !line.startsWith("| secret |"))
                .takeWhile(line -> line.startsWith("|"))
                .forEach(line ->
                        NAME.matcher(line.split("\\|")[1]).results().forEach(match -> names.add(match.group(1))));
        return names;
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
