package org.lectern.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Rules for network access between pods and to the outside. */
final class NetworkRules {

    /** Contains all public IPv6 addresses. */
    private static final String GLOBAL_UNICAST = "2000::/3";

    /** Networks that are not public: a branch's webhook must not reach them. */
    private static final Set<String> NOT_PUBLIC = Set.of(
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/4",
            "240.0.0.0/4");

    private static final Map<String, String> KEYCLOAK_OPERATOR =
            Map.of("app.kubernetes.io/name", "keycloak-operator", "app.kubernetes.io/managed-by", "quarkus");

    private NetworkRules() {}

    static Stream<String> nothingIsAllowedByDefault(Manifests manifests) {
        boolean denied = manifests
                .ofKind("NetworkPolicy")
                .anyMatch(policy -> policy.at("/spec/podSelector").isEmpty()
                        && policy.at("/spec/policyTypes").size() == 2
                        && !policy.at("/spec").has("ingress")
                        && !policy.at("/spec").has("egress"));
        return denied ? Stream.empty() : Stream.of("Pods that no policy selects may call every address");
    }

    /** Each policy selects our pods, or pods of an engine in this overlay. */
    static Stream<String> policiesMeanPods(Manifests manifests) {
        return manifests
                .ofKind("NetworkPolicy")
                .filter(policy -> !policy.at("/spec/podSelector").isEmpty())
                .filter(policy -> manifests
                        .workloads()
                        .noneMatch(workload -> workload.isSelectedBy(policy.at("/spec/podSelector"))))
                .filter(policy ->
                        engines(manifests).noneMatch(labels -> selects(policy.at("/spec/podSelector"), labels)))
                .map(policy -> policy + " selects pods that do not exist");
    }

    /** Each policy's peer in this namespace exists. */
    static Stream<String> peersAreThere(Manifests manifests) {
        return manifests
                .ofKind("NetworkPolicy")
                .flatMap(policy -> Stream.of("/spec/ingress", "/spec/egress")
                        .flatMap(policy::each)
                        .flatMap(
                                rule -> Stream.concat(Resource.each(rule.path("from")), Resource.each(rule.path("to"))))
                        .filter(peer -> peer.has("podSelector") && !peer.has("namespaceSelector"))
                        .map(peer -> peer.path("podSelector"))
                        .filter(selector ->
                                manifests.workloads().noneMatch(workload -> workload.isSelectedBy(selector)))
                        .filter(selector -> engines(manifests).noneMatch(labels -> selects(selector, labels)))
                        .map(selector -> policy + " names " + selector + ", which selects no pod"));
    }

    /** The ingress controller must be in the namespace that README.md names, so requests may come only from there. */
    static Stream<String> requestsComeFromWhereRoutesAreRead(Manifests manifests) {
        List<String> wrong = new ArrayList<>();
        String here = entrance(manifests);
        String elsewhere = here.equals("ingress") ? "gateway" : "ingress";
        manifests
                .ofKind("NetworkPolicy")
                .filter(policy -> policy.json()
                        .findValuesAsText("kubernetes.io/metadata.name")
                        .contains(elsewhere))
                .forEach(policy ->
                        wrong.add(policy + " names the namespace " + elsewhere + ", routes are read in " + here));
        Stream.concat(manifests.ofKind("Deployment").filter(each -> !each.isPlanner()), manifests.ofKind("Keycloak"))
                .filter(called -> podsOf(called).noneMatch(pods -> admits(manifests, pods, entranceOf(here))))
                .forEach(called -> wrong.add(called + " cannot be called from the namespace " + here));
        return wrong.stream();
    }

    private static String entrance(Manifests manifests) {
        return manifests.ofKind("Ingress").findAny().isPresent() ? "ingress" : "gateway";
    }

    private static Predicate<JsonNode> entranceOf(String namespace) {
        return peer -> peer.at("/namespaceSelector/matchLabels")
                .path("kubernetes.io/metadata.name")
                .asText()
                .equals(namespace);
    }

    /** Each client of a database in this namespace may call it, and the database admits the client. */
    static Stream<String> databasesAreReached(Manifests manifests) {
        List<String> wrong = new ArrayList<>();
        manifests
                .workloads()
                .forEach(workload -> reach(
                        manifests, workload, workload.podLabels().get("app.kubernetes.io/name") + "-database", wrong));
        manifests.ofKind("Keycloak").forEach(keycloak -> {
            String database = OrderRules.databaseOf(keycloak);
            reach(manifests, keycloak, database, wrong);
            manifests.ofKind("KeycloakRealmImport").forEach(realm -> reach(manifests, realm, database, wrong));
            if (!calls(manifests, KEYCLOAK_OPERATOR, peer -> peer.isEmpty(), 443)) {
                wrong.add("The operator of Keycloak cannot call the API server");
            }
        });
        return wrong.stream();
    }

    private static void reach(Manifests manifests, Resource caller, String database, List<String> wrong) {
        manifests
                .find("Cluster", database)
                .ifPresent(cluster -> podsOf(cluster)
                        .forEach(instances -> podsOf(caller).forEach(pods -> {
                            if (!calls(manifests, pods, peer -> means(peer, instances), 5432)) {
                                wrong.add(caller + " may not call " + cluster);
                            }
                            if (!admits(manifests, instances, peer -> means(peer, pods))) {
                                wrong.add(cluster + " does not let " + caller + " in");
                            }
                        })));
    }

    /** True if the peer of a policy selects these pods of this namespace. */
    private static boolean means(JsonNode peer, Map<String, String> pods) {
        return peer.has("podSelector") && !peer.has("namespaceSelector") && selects(peer.path("podSelector"), pods);
    }

    private static boolean calls(Manifests manifests, Map<String, String> pods, Predicate<JsonNode> peer, int port) {
        return manifests
                .ofKind("NetworkPolicy")
                .filter(policy -> selects(policy.at("/spec/podSelector"), pods))
                .flatMap(policy -> policy.each("/spec/egress"))
                .filter(rule -> !rule.has("ports")
                        || Resource.each(rule.path("ports"))
                                .anyMatch(open -> open.path("port").asInt() == port))
                .flatMap(rule -> peers(rule, "to"))
                .anyMatch(peer);
    }

    private static boolean admits(Manifests manifests, Map<String, String> pods, Predicate<JsonNode> peer) {
        return manifests
                .ofKind("NetworkPolicy")
                .filter(policy -> selects(policy.at("/spec/podSelector"), pods))
                .flatMap(policy -> policy.each("/spec/ingress"))
                .flatMap(rule -> Resource.each(rule.path("from")))
                .anyMatch(peer);
    }

    static Stream<String> portsOfPoliciesExist(Manifests manifests) {
        return manifests
                .ofKind("NetworkPolicy")
                .flatMap(policy -> policy.each("/spec/ingress")
                        .flatMap(rule -> Resource.each(rule.path("ports")))
                        .map(port -> port.path("port"))
                        .filter(JsonNode::isTextual)
                        .flatMap(port -> manifests
                                .workloads()
                                .filter(workload -> workload.isSelectedBy(policy.at("/spec/podSelector")))
                                .filter(workload -> !workload.hasPort(port))
                                .map(workload ->
                                        policy + " opens the port " + port + ", which " + workload + " has not")));
    }

    /** Each service accepts its callers, and can reach its database, Kafka and the identity provider. */
    static Stream<String> everyPodIsSpokenOf(Manifests manifests) {
        return manifests.workloads().flatMap(workload -> {
            List<String> wrong = new ArrayList<>();
            Set<Integer> reached = new HashSet<>();
            boolean called = false;
            for (Resource policy : manifests
                    .ofKind("NetworkPolicy")
                    .filter(policy -> workload.isSelectedBy(policy.at("/spec/podSelector")))
                    .toList()) {
                policy.each("/spec/egress").forEach(rule -> {
                    Resource.each(rule.path("ports"))
                            .forEach(port -> reached.add(port.path("port").asInt()));
                    if (!rule.has("ports")) {
                        reached.add(443);
                    }
                });
                called |= policy.each("/spec/ingress").findAny().isPresent();
            }
            List<Integer> needed = workload.kind().equals("Job") ? List.of(53, 5432) : List.of(53, 443, 5432, 9093);
            needed.stream()
                    .filter(port -> !reached.contains(port))
                    .forEach(port -> wrong.add(workload + " may not call port " + port));
            if (workload.kind().equals("Deployment") && !called) {
                wrong.add(workload + " accepts calls from no pod");
            }
            return wrong.stream();
        });
    }

    /** Branches enter the addresses of their webhooks: the policy must exclude our own networks. */
    static Stream<String> webhooksStayOutside(Manifests manifests) {
        JsonNode fence =
                manifests.one("NetworkPolicy", "notification-to-branches").json();
        Set<String> excepted = new HashSet<>();
        fence.at("/spec/egress")
                .forEach(rule -> rule.path("to")
                        .forEach(to -> to.at("/ipBlock/except").forEach(except -> excepted.add(except.asText()))));
        Set<String> open = new TreeSet<>();
        fence.at("/spec/egress")
                .forEach(rule -> rule.path("ports")
                        .forEach(port -> open.add(port.path("port").asText())));
        Set<String> used = portsOfAlerts(manifests);
        List<String> wrong = new ArrayList<>();
        if (!open.equals(used)) {
            wrong.add("Alerts leave over the ports " + used + ", open are " + open);
        }
        NOT_PUBLIC.stream()
                .filter(network -> !excepted.contains(network))
                .forEach(network -> wrong.add("A webhook could reach " + network));
        fence.findValuesAsText("cidr").stream()
                .filter(cidr -> cidr.contains(":") && !cidr.equals(GLOBAL_UNICAST))
                .forEach(cidr -> wrong.add("A webhook could reach " + cidr + ", which is not all public"));
        manifests
                .ofKind("NetworkPolicy")
                .filter(policy -> manifests
                        .workloads()
                        .anyMatch(workload -> workload.isSelectedBy(policy.at("/spec/podSelector"))))
                .filter(policy -> policy.each("/spec/egress")
                        .flatMap(rule -> peers(rule, "to"))
                        .anyMatch(peer -> peer.isEmpty()
                                || peer.at("/ipBlock/cidr").asText().endsWith("/0")
                                        && !peer.path("ipBlock").has("except")))
                .forEach(policy -> wrong.add(policy + " lets one of the services call every address"));
        return wrong.stream();
    }

    /** The peers of a rule. A rule without peers admits all; an empty peer represents that. */
    private static Stream<JsonNode> peers(JsonNode rule, String direction) {
        return rule.has(direction)
                ? Resource.each(rule.path(direction))
                : Stream.of((JsonNode) Manifests.YAML.createObjectNode());
    }

    /** The allowed ports of webhooks, and the port of the mail server. */
    private static Set<String> portsOfAlerts(Manifests manifests) {
        Service service = Service.called("notification");
        Map<String, String> variables = SettingsRules.variables(manifests, manifests.one("Deployment", service.name()));
        Set<String> ports = new TreeSet<>(List.of(variables
                .getOrDefault("LECTERN_OUTBOUND_HTTP_PORTS", service.defaults().get("lectern.outbound-http.ports"))
                .split(",")));
        ports.add(variables.get("LECTERN_MAIL_PORT"));
        return ports;
    }

    static Stream<String> servicesLeadToPods(Manifests manifests) {
        return manifests.ofKind("Service").flatMap(service -> {
            List<Resource> behind = manifests
                    .workloads()
                    .filter(workload -> workload.podLabels()
                            .entrySet()
                            .containsAll(
                                    Resource.texts(service.at("/spec/selector")).entrySet()))
                    .toList();
            if (behind.size() != 1 || !behind.getFirst().kind().equals("Deployment")) {
                return Stream.of(service + " leads to " + behind);
            }
            return service.each("/spec/ports")
                    .map(port -> port.path("targetPort"))
                    .filter(port -> !behind.getFirst().hasPort(port))
                    .map(port -> service + " leads to port " + port + ", which is not there");
        });
    }

    /** Every route leads to a service and exposes its API completely, but nothing else. */
    static Stream<String> routesLeadToServices(Manifests manifests) {
        List<String> wrong = new ArrayList<>();
        Map<String, Set<String>> routed = new HashMap<>();
        manifests
                .ofKind("HTTPRoute")
                .forEach(route -> route.each("/spec/rules").forEach(rule -> {
                    Resource.each(rule.path("backendRefs"))
                            .forEach(backend -> follow(
                                    manifests, route, backend.path("name").asText(), backend.path("port"), wrong));
                    Resource.each(rule.path("matches"))
                            .map(match -> match.at("/path/value"))
                            .forEach(path -> {
                                api(route, path, wrong);
                                routed.computeIfAbsent(
                                                rule.at("/backendRefs/0/name").asText(), name -> new HashSet<>())
                                        .add(path.asText());
                            });
                    if (!rule.has("matches")) {
                        wrong.add(route + " exposes everything");
                    }
                }));
        manifests
                .ofKind("Ingress")
                .forEach(ingress -> ingress.each("/spec/rules")
                        .flatMap(rule -> Resource.each(rule.at("/http/paths")))
                        .forEach(path -> {
                            JsonNode service = path.at("/backend/service");
                            JsonNode port = service.at("/port/name").isMissingNode()
                                    ? service.at("/port/number")
                                    : service.at("/port/name");
                            follow(manifests, ingress, service.path("name").asText(), port, wrong);
                            api(ingress, path.path("path"), wrong);
                            routed.computeIfAbsent(service.path("name").asText(), name -> new HashSet<>())
                                    .add(path.path("path").asText());
                        }));
        Service.ALL.forEach(service -> {
            if (!routed.getOrDefault(service.name(), Set.of()).equals(service.entrances())) {
                wrong.add("What leads to " + service.name() + " is " + routed.get(service.name()) + ", it offers "
                        + service.entrances());
            }
        });
        manifests.ofKind("Keycloak").forEach(keycloak -> {
            Set<String> realm = Set.of("/realms/lectern/", "/resources/");
            if (!realm.equals(routed.get(keycloak.name() + "-service"))) {
                wrong.add("What leads to " + keycloak + " is " + routed.get(keycloak.name() + "-service") + ", not "
                        + realm);
            }
            String host = keycloak.at("/spec/hostname/hostname").asText().replace("https://", "");
            if (Stream.concat(manifests.ofKind("HTTPRoute"), manifests.ofKind("Ingress"))
                    .filter(route -> route.name().equals(keycloak.name()))
                    .noneMatch(route -> route.at("/spec/hostnames/0").asText().equals(host)
                            || route.at("/spec/rules/0/host").asText().equals(host))) {
                wrong.add("Nothing leads from " + host + " to " + keycloak);
            }
        });
        return wrong.stream();
    }

    private static void api(Resource route, JsonNode path, List<String> wrong) {
        if (!path.asText().startsWith("/")
                || path.asText().equals("/")
                || path.asText().startsWith("/q")) {
            wrong.add(route + " exposes " + path);
        }
    }

    private static void follow(Manifests manifests, Resource route, String service, JsonNode port, List<String> wrong) {
        if (manifests.has("Keycloak", service.replaceAll("-service$", ""))) {
            if (port.asInt() != 8080) {
                wrong.add(route + " does not lead to the port Keycloak answers on");
            }
            return; // created by the operator
        }
        if (!manifests.has("Service", service)
                || manifests
                        .one("Service", service)
                        .each("/spec/ports")
                        .noneMatch(offered -> offered.path("name").asText().equals(port.asText())
                                || offered.path("port").asInt() == port.asInt(-1))) {
            wrong.add(route + " leads to " + service + ":" + port.asText() + ", which is not there");
        }
    }

    static Stream<String> monitorsReadAPort(Manifests manifests) {
        return manifests.ofKind("PodMonitor").flatMap(monitor -> {
            List<Resource> watched = manifests
                    .workloads()
                    .filter(workload -> workload.isSelectedBy(monitor.at("/spec/selector")))
                    .toList();
            if (watched.isEmpty()) {
                return engines(manifests).anyMatch(labels -> selects(monitor.at("/spec/selector"), labels))
                        ? Stream.empty()
                        : Stream.of(monitor + " watches nothing");
            }
            return watched.stream()
                    .flatMap(workload -> monitor.each("/spec/podMetricsEndpoints")
                            .filter(endpoint -> !workload.hasPort(endpoint.path("port"))
                                    || !endpoint.path("path").asText().equals("/q/metrics"))
                            .map(endpoint -> monitor + " asks " + workload + " where no metrics are"));
        });
    }

    /** The labels that operators give to pods, and those of operators in this namespace. */
    private static Stream<Map<String, String>> engines(Manifests manifests) {
        return Stream.concat(
                manifests.resources().stream()
                        .filter(resource -> !resource.isWorkload())
                        .flatMap(NetworkRules::podsOf),
                manifests.ofKind("Keycloak").map(keycloak -> KEYCLOAK_OPERATOR));
    }

    /** The labels of the pods that a resource creates. */
    static Stream<Map<String, String>> podsOf(Resource resource) {
        return switch (resource.kind()) {
            case "Deployment", "Job", "CronJob" -> Stream.of(resource.podLabels());
            case "Cluster" -> Stream.of(Map.of("cnpg.io/cluster", resource.name(), "cnpg.io/podRole", "instance"));
            case "Kafka" -> Stream.of(Map.of("strimzi.io/cluster", resource.name()));
            case "KafkaNodePool" ->
                Stream.of(Map.of(
                        "strimzi.io/cluster",
                        resource.at("/metadata/labels")
                                .path("strimzi.io/cluster")
                                .asText(),
                        "strimzi.io/pool-name",
                        resource.name()));
            case "Keycloak" -> Stream.of(keycloak("keycloak", resource.name()));
            case "KeycloakRealmImport" ->
                Stream.of(keycloak(
                        "keycloak-realm-import",
                        resource.at("/spec/keycloakCRName").asText()));
            default -> Stream.empty();
        };
    }

    private static Map<String, String> keycloak(String app, String instance) {
        return Map.of(
                "app",
                app,
                "app.kubernetes.io/managed-by",
                "keycloak-operator",
                "app.kubernetes.io/instance",
                instance,
                "app.kubernetes.io/component",
                "server");
    }

    static boolean selects(JsonNode selector, Map<String, String> labels) {
        return Resource.selects(selector, labels);
    }
}
