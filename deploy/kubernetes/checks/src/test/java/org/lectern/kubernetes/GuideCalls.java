package org.lectern.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong with a recorded call: names, selectors, files and addresses that do not exist. */
final class GuideCalls {

    static final String SCHEDULER = "https://scheduler.guide.invalid";
    static final String NOTIFICATION = "https://notification.guide.invalid";

    /** Kinds in commands, in lower case and without their group. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("deployment", "Deployment"),
            Map.entry("deploy", "Deployment"),
            Map.entry("job", "Job"),
            Map.entry("cronjob", "CronJob"),
            Map.entry("hpa", "HorizontalPodAutoscaler"),
            Map.entry("scaledobject", "ScaledObject"),
            Map.entry("clusters", "Cluster"),
            Map.entry("cluster", "Cluster"),
            Map.entry("kafkas", "Kafka"),
            Map.entry("kafka", "Kafka"),
            Map.entry("kafkanodepools", "KafkaNodePool"),
            Map.entry("kafkatopics", "KafkaTopic"),
            Map.entry("kafkausers", "KafkaUser"),
            Map.entry("keycloaks", "Keycloak"),
            Map.entry("externalsecrets", "ExternalSecret"),
            Map.entry("externalsecret", "ExternalSecret"),
            Map.entry("namespace", "Namespace"));

    /** Kinds that nothing in this repository declares by name. */
    private static final Set<String> ELSEWHERE = Set.of(
            "pod", "pods", "pvc", "secret", "configmap", "application", "kustomization", "backups", "nodes", "events");

    /** Made by the installation of an operator. */
    private static final Set<String> OF_OPERATORS = Set.of("keycloak-operator");

    /** Options with a value of their own word. */
    private static final Set<String> VALUED =
            Set.of("-n", "-l", "-k", "-f", "-c", "-o", "-p", "--type", "--patch-file", "-d", "-X", "-H");

    private static final Set<String> ABOUT_OBJECTS =
            Set.of("delete", "scale", "wait", "get", "annotate", "patch", "rollout", "logs", "describe", "exec");
    private static final List<String> NAMESPACES = List.of("lectern", "lectern-drill", "argocd", "flux-system");

    private static final List<Manifests> EVERYTHING =
            Manifests.overlays().stream().map(Manifests::of).toList();

    private GuideCalls() {}

    static List<String> faults(Guide.Call call) {
        List<String> faults = new ArrayList<>();
        switch (call.program()) {
            case "kubectl" -> kubectl(call, faults);
            case "curl" -> curl(call, faults);
            default -> {}
        }
        return faults.stream().map(fault -> call + ": " + fault).toList();
    }

    /** What kubectl itself says to a call: it knows its commands, options and conditions. It calls no server. */
    static Optional<String> refusal(Path kubectl, Guide.Call call) {
        List<String> command = new ArrayList<>(List.of(kubectl.toString(), "--server=http://127.0.0.1:9"));
        command.addAll(call.arguments());
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Repository.at("").toFile())
                    .redirectErrorStream(true);
            builder.environment().put("KUBECONFIG", "/dev/null");
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 || said.contains("refused")
                    ? Optional.empty()
                    : Optional.of(call + ": " + said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void kubectl(Guide.Call call, List<String> faults) {
        List<String> words = before(call.arguments(), "--");
        option(words, "-n")
                .filter(namespace -> !NAMESPACES.contains(namespace))
                .ifPresent(namespace -> faults.add("there is no namespace " + namespace));
        Stream.of("-k", "-f")
                .flatMap(option -> option(words, option).stream())
                .filter(path -> !path.startsWith("https://") && !path.equals("-"))
                .filter(path -> !Repository.at(path).toFile().exists())
                .forEach(path -> faults.add("there is no " + path));
        option(words, "-l").ifPresent(selector -> selects(words, selector, faults));
        words.stream()
                .filter(word -> word.matches("--from=\\w+/.+"))
                .map(word -> word.replace("--from=", "").split("/", 2))
                .forEach(from -> named(from[0], from[1], "lectern", faults));
        List<String> names = positional(words);
        if (!names.isEmpty() && ABOUT_OBJECTS.contains(names.getFirst())) {
            boolean nested = names.getFirst().equals("rollout");
            objects(
                    names.getFirst(),
                    names.subList(nested ? 2 : 1, names.size()),
                    option(words, "-n").orElse("lectern"),
                    faults);
        }
    }

    private static void selects(List<String> words, String selector, List<String> faults) {
        Optional<String> overlay = option(words, "-k").map(path -> path.substring(path.lastIndexOf('/') + 1));
        if (overlay.isPresent()) {
            if (Manifests.of(overlay.get()).resources().stream()
                    .noneMatch(resource -> OrderRules.isSelected(resource, selector))) {
                faults.add("nothing has " + selector);
            }
            return;
        }
        List<Map<String, String>> pods = everything()
                .flatMap(manifests -> manifests.resources().stream())
                .flatMap(NetworkRules::podsOf)
                .toList();
        boolean found = pods.stream()
                .anyMatch(labels -> Arrays.stream(selector.split(","))
                        .allMatch(part ->
                                ofEngine(part) || part.split("=", 2)[1].equals(labels.get(part.split("=", 2)[0]))));
        if (!found) {
            faults.add("no pod has " + selector);
        }
    }

    /** Labels of operators, with the name of something declared here. */
    private static boolean ofEngine(String label) {
        String[] parts = label.split("=", 2);
        return switch (parts[0]) {
            case "cnpg.io/cluster" -> declared("Cluster", parts[1]);
            case "cnpg.io/instanceRole" -> Set.of("primary", "replica").contains(parts[1]);
            case "strimzi.io/cluster" -> declared("Kafka", parts[1]);
            default -> false;
        };
    }

    private static void objects(String verb, List<String> names, String namespace, List<String> faults) {
        if (names.isEmpty() || verb.matches("exec|logs") && !names.getFirst().contains("/")) {
            return; // a pod
        }
        List<String> kinds = List.of();
        for (String name : verb.equals("annotate") ? names.subList(0, 2) : names) {
            if (name.contains("/")) {
                named(name.substring(0, name.indexOf('/')), name.substring(name.indexOf('/') + 1), namespace, faults);
            } else if (kinds.isEmpty()) {
                kinds = List.of(name.split(","));
                kinds.forEach(kind -> named(kind, null, namespace, faults));
            } else {
                kinds.forEach(kind -> named(kind, name, namespace, faults));
            }
        }
    }

    private static void named(String kind, @Nullable String name, String namespace, List<String> faults) {
        String plain = kind.toLowerCase(Locale.ROOT).replaceFirst("\\..*", "");
        if (ELSEWHERE.contains(plain)) {
            if (plain.equals("secret") && name != null && !secrets().contains(name)) {
                faults.add("no step creates the secret " + name);
            }
            return;
        }
        String type = KINDS.get(plain);
        if (type == null) {
            faults.add("unknown kind " + kind);
        } else if (name != null
                && !OF_OPERATORS.contains(name)
                && !name.startsWith("doctor-")
                && (namespace.equals("lectern-drill")
                        ? !Manifests.of("drill").has(type, name)
                        : !declared(type, name))) {
            faults.add("there is no " + type + " " + name);
        }
    }

    private static boolean declared(String kind, String name) {
        return everything().anyMatch(manifests -> manifests.has(kind, name));
    }

    private static List<String> secrets() {
        return Stream.concat(
                        SettingsRules.byHand().stream(),
                        everything().flatMap(manifests -> SettingsRules.makersOfSecrets(manifests).keySet().stream()))
                .toList();
    }

    private static Stream<Manifests> everything() {
        return EVERYTHING.stream();
    }

    private static void curl(Guide.Call call, List<String> faults) {
        call.arguments().stream().filter(word -> word.contains("/api/v1")).forEach(address -> {
            String service = address.startsWith(SCHEDULER) ? "scheduler" : "notification";
            if (!address.startsWith(SCHEDULER) && !address.startsWith(NOTIFICATION)) {
                faults.add("the address belongs to no service");
                return;
            }
            String path = address.replaceFirst("https://[^/]+", "").replaceFirst("\\?.*", "");
            String method = option(call.arguments(), "-X")
                    .map(verb -> verb.toLowerCase(Locale.ROOT))
                    .orElse(call.arguments().contains("-d") ? "post" : "get");
            boolean known = operations(service).properties().stream()
                    .filter(entry -> Pattern.matches(entry.getKey().replaceAll("\\{[^}]+}", "[^/]+"), path))
                    .anyMatch(entry -> entry.getValue().has(method));
            if (!known) {
                faults.add(method + " " + path + " is no operation of " + service);
            }
        });
    }

    private static JsonNode operations(String service) {
        try {
            return new ObjectMapper()
                    .readTree(Repository.read(service + "-service/src/main/resources/contract/openapi.json"))
                    .path("paths");
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> before(List<String> words, String end) {
        int at = words.indexOf(end);
        return at < 0 ? words : words.subList(0, at);
    }

    private static Optional<String> option(List<String> words, String name) {
        int at = words.indexOf(name);
        return at < 0 || at + 1 == words.size() ? Optional.empty() : Optional.of(words.get(at + 1));
    }

    private static List<String> positional(List<String> words) {
        List<String> positional = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (VALUED.contains(words.get(i))) {
                i++;
            } else if (!words.get(i).startsWith("-")) {
                positional.add(words.get(i));
            }
        }
        return positional;
    }
}
