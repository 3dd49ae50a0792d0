package org.lectern.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for the order of application, by Argo CD or by hand. */
final class OrderRules {

    private static final String ARGO = "argocd.argoproj.io/";
    private static final Pattern STEP = Pattern.compile("(?m)^kubectl apply -k \\S+(?: -l (?:'([^']+)'|(\\S+)))?$");
    private static final Pattern NOT_IN = Pattern.compile("(\\S+) notin \\(([^)]*)\\)");
    private static final Pattern IS = Pattern.compile("([^=\\s]+)=([^=\\s]+)");

    private OrderRules() {}

    /** A wave begins when the previous one is healthy, so a resource that needs a later wave would wait forever. */
    static Stream<String> wavesBringWhatIsNeeded(Manifests manifests) {
        return manifests.resources().stream()
                .flatMap(resource -> Stream.concat(
                        needs(manifests, resource)
                                .filter(needed -> wave(needed) > wave(resource))
                                .map(needed -> resource + " needs " + needed + ", which comes in a later wave"),
                        follows(manifests, resource)
                                .filter(before -> wave(before) >= wave(resource))
                                .map(before -> resource + " does not wait until " + before + " is ready")));
    }

    /** The commands of README.md, in sequence, apply every resource after the resources it needs. */
    static Stream<String> stepsBringWhatIsNeeded(Manifests manifests) {
        String recipe = Stream.of(Repository.read("deploy/kubernetes/README.md").split("```"))
                .filter(block -> block.contains("app.kubernetes.io/component=migration"))
                .findFirst()
                .orElseThrow();
        List<String> wrong = new ArrayList<>();
        Set<Resource> applied = new HashSet<>();
        Matcher step = STEP.matcher(recipe);
        while (step.find()) {
            String selector = Optional.ofNullable(step.group(1)).orElse(step.group(2));
            Set<Resource> before = Set.copyOf(applied);
            List<Resource> now = manifests.resources().stream()
                    .filter(resource -> !before.contains(resource) && isSelected(resource, selector))
                    .toList();
            applied.addAll(now);
            now.forEach(resource -> {
                needs(manifests, resource)
                        .filter(needed -> !applied.contains(needed))
                        .forEach(needed -> wrong.add(resource + " needs " + needed + ", which a later step brings"));
                follows(manifests, resource)
                        .filter(earlier -> !before.contains(earlier))
                        .forEach(earlier -> wrong.add(resource + " does not wait for " + earlier));
            });
        }
        manifests.resources().stream()
                .filter(resource -> !applied.contains(resource))
                .forEach(resource -> wrong.add("No step brings " + resource));
        return wrong.stream();
    }

    /**
     * A Job is immutable and its pods keep their settings, so each apply must recreate it. For Argo CD it is a hook;
     * otherwise Argo CD would report it missing after its TTL.
     */
    static Stream<String> migrationsAreMadeAnew(Manifests manifests) {
        return manifests.ofKind("Job").flatMap(job -> {
            List<String> wrong = new ArrayList<>();
            if (!annotation(job, ARGO + "hook").equals("Sync")
                    || !annotation(job, ARGO + "hook-delete-policy").equals("BeforeHookCreation")) {
                wrong.add(job + " is no hook of Argo CD, which would find it gone after its ttl");
            }
            if (!annotation(job, "kustomize.toolkit.fluxcd.io/force").equals("enabled")) {
                wrong.add(job + " could not be changed by Flux");
            }
            return wrong.stream();
        });
    }

    /** Settings stay during a rollout, because a replica of the previous version may restart. */
    static Stream<String> settingsStayWhileTheyAreUsed(Manifests manifests) {
        return manifests
                .ofKind("ConfigMap")
                .filter(settings -> !annotation(settings, ARGO + "sync-options").contains("PruneLast=true"))
                .map(settings -> settings + " is gone before the replicas that use it");
    }

    /** The resources that must be applied before or with this one; otherwise it cannot become ready. */
    static Stream<Resource> needs(Manifests manifests, Resource resource) {
        List<Optional<Resource>> needed = new ArrayList<>();
        needed.add(
                manifests.find("Namespace", resource.at("/metadata/namespace").asText()));
        needed.add(manifests.find(
                "ServiceAccount", resource.pod().path("serviceAccountName").asText()));
        Resource.each(resource.container().path("envFrom"))
                .map(from -> from.at("/configMapRef/name").asText())
                .forEach(name -> needed.add(manifests.find("ConfigMap", name)));
        Map<String, Resource> makers = SettingsRules.makersOfSecrets(manifests);
        SettingsRules.secretsOf(resource).forEach(secret -> needed.add(Optional.ofNullable(makers.get(secret))));
        NetworkRules.podsOf(resource)
                .forEach(pods -> manifests
                        .ofKind("NetworkPolicy")
                        .filter(policy -> NetworkRules.selects(policy.at("/spec/podSelector"), pods))
                        .forEach(policy -> needed.add(Optional.of(policy))));
        switch (resource.kind()) {
            case "Cluster" ->
                Stream.concat(
                                resource.each("/spec/plugins"),
                                resource.each("/spec/externalClusters").map(other -> other.path("plugin")))
                        .map(plugin -> plugin.at("/parameters/barmanObjectName").asText())
                        .forEach(store -> needed.add(manifests.find("ObjectStore", store)));
            case "ScheduledBackup" ->
                needed.add(manifests.find(
                        "Cluster", resource.at("/spec/cluster/name").asText()));
            case "Kafka" ->
                manifests
                        .ofKind("KafkaNodePool")
                        .filter(pool -> clusterOf(pool).equals(resource.name()))
                        .forEach(pool -> needed.add(Optional.of(pool)));
            case "KafkaTopic", "KafkaUser" -> needed.add(manifests.find("Kafka", clusterOf(resource)));
            case "Keycloak" -> needed.add(manifests.find("Cluster", databaseOf(resource)));
            case "KeycloakRealmImport" ->
                needed.add(manifests.find(
                        "Keycloak", resource.at("/spec/keycloakCRName").asText()));
            case "ScaledObject", "HorizontalPodAutoscaler" -> {
                needed.add(manifests.find(
                        "Deployment", resource.at("/spec/scaleTargetRef/name").asText()));
                resource.each("/spec/triggers")
                        .map(trigger -> trigger.at("/authenticationRef/name").asText())
                        .forEach(name -> needed.add(manifests.find("TriggerAuthentication", name)));
            }
            default -> {}
        }
        return needed.stream().flatMap(Optional::stream);
    }

    /** The resources that must be ready first: a database before its migration, a schema before its service. */
    private static Stream<Resource> follows(Manifests manifests, Resource resource) {
        String service = resource.podLabels().getOrDefault("app.kubernetes.io/name", "");
        return switch (resource.kind()) {
            case "Deployment" -> manifests.find("Job", service + "-migration").stream();
            case "Job" -> manifests.find("Cluster", service + "-database").stream();
            default -> Stream.empty();
        };
    }

    /** The CloudNativePG cluster of a Keycloak. */
    static String databaseOf(Resource keycloak) {
        return keycloak.at("/spec/db/host").asText().replaceAll("-rw$", "");
    }

    private static String clusterOf(Resource resource) {
        return resource.at("/metadata/labels").path("strimzi.io/cluster").asText();
    }

    private static int wave(Resource resource) {
        String wave = annotation(resource, ARGO + "sync-wave");
        return wave.isEmpty() ? 0 : Integer.parseInt(wave);
    }

    private static String annotation(Resource resource, String name) {
        return resource.at("/metadata/annotations").path(name).asText();
    }

    static boolean isSelected(Resource resource, String selector) {
        if (selector == null) {
            return true;
        }
        JsonNode labels = resource.at("/metadata/labels");
        Matcher others = NOT_IN.matcher(selector);
        if (others.matches()) {
            return !Set.of(others.group(2).split("\\s*,\\s*"))
                    .contains(labels.path(others.group(1)).asText());
        }
        Matcher one = IS.matcher(selector);
        if (!one.matches()) {
            throw new AssertionError("README.md selects by " + selector);
        }
        return labels.path(one.group(1)).asText().equals(one.group(2));
    }
}
