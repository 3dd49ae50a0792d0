package org.lectern.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.lectern.scheduler.security.Role;

/** Rules for PostgreSQL, Kafka and the identity provider, where an overlay includes them. */
final class EngineRules {

    private static final String SCHEDULER = "scheduler-service/src/main/resources/contract/asyncapi.yaml";
    private static final String NOTIFICATION =
            "notification-service/src/main/resources/contract/asyncapi-notification.yaml";

    /** The claims that restrict what a user sees; each is an attribute of the user. */
    private static final List<String> SCOPES = List.of("branches", "lecturer");

    private EngineRules() {}

    /** Acknowledged commits survive the loss of one instance. */
    static Stream<String> databasesForgetNothing(Manifests manifests) {
        return ours(manifests).flatMap(cluster -> {
            List<String> wrong = new ArrayList<>();
            if (cluster.at("/spec/instances").asInt() < 3) {
                wrong.add(cluster + " has fewer than three instances");
            }
            if (!cluster.at("/spec/postgresql/synchronous/dataDurability")
                            .asText()
                            .equals("required")
                    || cluster.at("/spec/postgresql/synchronous/number").asInt() < 1) {
                wrong.add(cluster + " acknowledges what one instance alone has");
            }
            Set<String> parameters = Set.of("fsync", "synchronous_commit", "full_page_writes");
            Resource.texts(cluster.at("/spec/postgresql/parameters")).forEach((name, value) -> {
                if (parameters.contains(name) && value.equals("off")) {
                    wrong.add(cluster + " turns " + name + " off");
                }
            });
            return wrong.stream();
        });
    }

    /**
     * Every database, including those of other products, has a log archive and scheduled backups for point-in-time
     * recovery.
     */
    static Stream<String> databasesAreBackedUp(Manifests manifests) {
        return manifests.ofKind("Cluster").flatMap(cluster -> {
            List<String> wrong = new ArrayList<>();
            List<String> stores = cluster.each("/spec/plugins")
                    .filter(plugin -> plugin.path("isWALArchiver").asBoolean())
                    .map(plugin -> plugin.at("/parameters/barmanObjectName").asText())
                    .filter(store -> manifests.has("ObjectStore", store))
                    .toList();
            if (stores.isEmpty()) {
                wrong.add(cluster + " keeps its log nowhere");
            }
            if (manifests
                    .ofKind("ScheduledBackup")
                    .noneMatch(
                            backup -> backup.at("/spec/cluster/name").asText().equals(cluster.name()))) {
                wrong.add(cluster + " is never backed up");
            }
            return wrong.stream();
        });
    }

    /** CloudNativePG gives a role its new password at once only if the secret has the label of its reload. */
    static Stream<String> passwordsReachTheDatabase(Manifests manifests) {
        Map<String, Resource> makers = SettingsRules.makersOfSecrets(manifests);
        return manifests
                .ofKind("Cluster")
                .flatMap(SettingsRules::secretsOf)
                .distinct()
                .flatMap(secret -> Stream.ofNullable(makers.get(secret))
                        .filter(maker -> maker.kind().equals("ExternalSecret"))
                        .filter(maker -> !maker.at("/spec/target/template/metadata/labels")
                                .path("cnpg.io/reload")
                                .asText()
                                .equals("true"))
                        .map(maker -> maker + ": a changed password would reach the database at any later time"));
    }

    /** The namespace admits restricted pods only, so the pods that operators create must meet that standard. */
    static Stream<String> enginesCanDoNoHarm(Manifests manifests) {
        List<String> wrong = new ArrayList<>();
        JsonNode none = Manifests.YAML.createObjectNode();
        manifests
                .ofKind("KafkaNodePool")
                .forEach(pool -> Stream.of("kafkaContainer", "initContainer")
                        .forEach(container ->
                                harmless(pool.toString(), container, none, pool.at("/spec/template"), wrong)));
        manifests
                .ofKind("Kafka")
                .forEach(kafka -> Stream.of("topicOperatorContainer", "userOperatorContainer")
                        .forEach(container -> harmless(
                                kafka.toString(), container, none, kafka.at("/spec/entityOperator/template"), wrong)));
        manifests.ofKind("Keycloak").forEach(keycloak -> {
            JsonNode pod = keycloak.at("/spec/unsupported/podTemplate/spec");
            harmless(keycloak.toString(), "0", pod, pod.path("containers"), wrong);
            Resource operator = Manifests.parse(Repository.read("deploy/kubernetes/components/keycloak/operator.yaml"))
                    .resources()
                    .getFirst();
            harmless(
                    "The operator of Keycloak",
                    "0",
                    operator.pod(),
                    operator.pod().path("containers"),
                    wrong);
        });
        return wrong.stream();
    }

    private static void harmless(
            String operator, String container, JsonNode pod, JsonNode containers, List<String> wrong) {
        JsonNode own = containers.at("/" + container + "/securityContext");
        JsonNode both = pod.path("securityContext");
        boolean asRoot =
                !own.path("runAsNonRoot").asBoolean(both.path("runAsNonRoot").asBoolean());
        boolean unconfined = !own.at("/seccompProfile/type")
                .asText(both.at("/seccompProfile/type").asText())
                .equals("RuntimeDefault");
        if (asRoot
                || unconfined
                || own.path("allowPrivilegeEscalation").asBoolean(true)
                || !own.at("/capabilities/drop/0").asText().equals("ALL")) {
            wrong.add(operator + ": its container " + container + " would not be admitted");
        }
    }

    /** Connections suffice for all replicas, one more during a rollout, and the Job. */
    static Stream<String> connectionsSuffice(Manifests manifests) {
        return ours(manifests).flatMap(cluster -> {
            Service service = Service.called(cluster.name().replace("-database", ""));
            Resource deployment = manifests.one("Deployment", service.name());
            int perReplica = service.settings().stringPropertyNames().stream()
                            .filter(key -> key.startsWith("quarkus.datasource") && key.endsWith("jdbc.max-size"))
                            .mapToInt(key -> Integer.parseInt(service.settings().getProperty(key)))
                            .sum()
                    + 1; // Flyway
            int replicas = WorkloadRules.scalers(manifests, deployment).stream()
                            .mapToInt(WorkloadRules::most)
                            .sum()
                    + 1;
            for (Resource planner : manifests
                    .ofKind("Deployment")
                    .filter(each -> each.isPlanner() && service.name().equals(nameOf(each)))
                    .toList()) {
                replicas += planner.at("/spec/replicas").asInt(1) + 1;
            }
            int needed = replicas * perReplica + 10 + 10; // the Job; the operator, replication and people
            int given =
                    cluster.at("/spec/postgresql/parameters/max_connections").asInt(100);
            return given >= needed
                    ? Stream.empty()
                    : Stream.of(cluster + " has " + given + " connections, it may be asked for " + needed);
        });
    }

    private static String nameOf(Resource workload) {
        return workload.podLabels().getOrDefault("app.kubernetes.io/name", "");
    }

    /** Topics match the contract, have three replicas, and keep events as long as the services rely on them. */
    static Stream<String> topicsAreThoseOfTheContract(Manifests manifests) {
        if (manifests.ofKind("Kafka").findAny().isEmpty()) {
            return Stream.empty();
        }
        List<String> wrong = new ArrayList<>();
        Set<String> declared = new TreeSet<>();
        manifests.ofKind("KafkaTopic").forEach(topic -> declared.add(topic.name()));
        Set<String> spoken = new TreeSet<>(sent(SCHEDULER));
        spoken.addAll(sent(NOTIFICATION));
        if (!declared.equals(spoken)) {
            wrong.add("Topics are " + declared + ", the contract has " + spoken);
        }
        long kept = java.time.Duration.ofDays(14).toMillis(); // lectern.intake.topic-retention
        int brokers =
                manifests.one("KafkaNodePool", "brokers").at("/spec/replicas").asInt();
        manifests.ofKind("KafkaTopic").forEach(topic -> {
            if (topic.at("/spec/replicas").asInt() != 3
                    || topic.at("/spec/config").path("min.insync.replicas").asInt() != 2
                    || brokers < 3) {
                wrong.add(topic + " does not survive the loss of a broker");
            }
            boolean compacted = Set.of("lectern.branches", "lectern.lecturers").contains(topic.name());
            if (!topic.at("/spec/config").path("cleanup.policy").asText().equals(compacted ? "compact" : "delete")) {
                wrong.add(topic + " is cleaned up the wrong way");
            }
            if (!compacted && topic.at("/spec/config").path("retention.ms").asLong() != kept) {
                wrong.add(topic + " keeps events for another time than lectern.intake.topic-retention");
            }
        });
        int partitions = manifests
                .ofKind("KafkaTopic")
                .mapToInt(topic -> topic.at("/spec/partitions").asInt())
                .min()
                .orElse(0);
        manifests
                .ofKind("ScaledObject")
                .filter(scaled -> WorkloadRules.most(scaled) > partitions)
                .forEach(scaled -> wrong.add(scaled + " makes more replicas than there are partitions"));
        return wrong.stream();
    }

    /** KEDA reads the lag of our consumer from our Kafka, with a protocol version that Kafka 4 supports (KIP-896). */
    static Stream<String> lagIsAskedOfOurKafka(Manifests manifests) {
        return manifests
                .ofKind("ScaledObject")
                .flatMap(scaled -> scaled.each("/spec/triggers")
                        .filter(trigger -> trigger.path("type").asText().equals("kafka"))
                        .map(trigger -> trigger.path("metadata"))
                        .flatMap(asked -> {
                            List<String> wrong = new ArrayList<>();
                            if (!manifests.has("KafkaTopic", asked.path("topic").asText())) {
                                wrong.add(scaled + " asks for a topic that is not there");
                            }
                            if (!manifests.has(
                                    "KafkaUser", asked.path("consumerGroup").asText())) {
                                wrong.add(scaled + " asks for a consumer group that no user has");
                            }
                            if (manifests
                                    .ofKind("Kafka")
                                    .noneMatch(kafka -> asked.path("bootstrapServers")
                                            .asText()
                                            .equals(kafka.name() + "-kafka-bootstrap."
                                                    + kafka.at("/metadata/namespace")
                                                            .asText() + ".svc:9093"))) {
                                wrong.add(scaled + " asks another Kafka than ours");
                            }
                            if (!asked.path("version").asText().matches("(2\\.[1-9]|[3-9])\\..+")) {
                                wrong.add(scaled + " speaks a version of the protocol that Kafka 4 refuses");
                            }
                            return wrong.stream();
                        }));
    }

    /** Each service has exactly the permissions that the contract requires, for the names in its settings. */
    static Stream<String> permissionsAreThoseOfTheContract(Manifests manifests) {
        if (manifests.ofKind("Kafka").findAny().isEmpty()) {
            return Stream.empty();
        }
        List<String> wrong = new ArrayList<>();
        compare(manifests, "lectern-scheduler", sent(SCHEDULER), sent(NOTIFICATION), wrong);
        compare(manifests, "lectern-notification", sent(NOTIFICATION), sent(SCHEDULER), wrong);
        if (!manifests
                .one("Kafka", "lectern")
                .at("/spec/kafka/authorization/type")
                .asText()
                .equals("simple")) {
            wrong.add("Kafka does not check what a client may do");
        }
        return wrong.stream();
    }

    private static void compare(
            Manifests manifests, String user, Set<String> written, Set<String> read, List<String> wrong) {
        Map<String, Set<String>> expected = new TreeMap<>();
        written.forEach(topic -> expected.put("topic " + topic, Set.of("Describe", "DescribeConfigs", "Write")));
        read.forEach(topic -> expected.put("topic " + topic, Set.of("Describe", "DescribeConfigs", "Read")));
        expected.put("group " + user, Set.of("Describe", "Read")); // both groups are named like their users
        Map<String, Set<String>> given = new TreeMap<>();
        manifests.one("KafkaUser", user).each("/spec/authorization/acls").forEach(acl -> {
            Set<String> operations = new TreeSet<>();
            acl.path("operations").forEach(operation -> operations.add(operation.asText()));
            given.put(
                    acl.at("/resource/type").asText() + " "
                            + acl.at("/resource/name").asText(),
                    operations);
        });
        if (!given.equals(expected)) {
            wrong.add(user + " may " + given + ", the contract says " + expected);
        }
    }

    /**
     * Tokens have the audiences and claims that the services require, roles match the code, and only administrators
     * assign branches and lecturers.
     */
    static Stream<String> tokensAreWhatTheServicesAskFor(Manifests manifests) {
        return manifests.ofKind("KeycloakRealmImport").flatMap(realm -> {
            List<String> wrong = new ArrayList<>();
            Set<String> roles = new TreeSet<>();
            realm.each("/spec/realm/roles/realm")
                    .forEach(role -> roles.add(role.path("name").asText()));
            Set<String> known = Set.of(Role.ORGANIZER, Role.BRANCH, Role.OPERATOR, Role.AUDITOR, "lecturer");
            if (!roles.equals(known)) {
                wrong.add("The realm has the roles " + roles + ", the services know " + known);
            }
            Set<String> claims = new TreeSet<>();
            Set<String> audiences = new TreeSet<>();
            realm.each("/spec/realm/clientScopes/0/protocolMappers").forEach(mapper -> {
                claims.add(mapper.at("/config").path("claim.name").asText());
                audiences.add(
                        mapper.at("/config").path("included.custom.audience").asText());
            });
            for (Service service : Service.ALL) {
                if (!audiences.contains(service.settings().getProperty("quarkus.oidc.token.audience"))) {
                    wrong.add("Tokens are not for " + service.name());
                }
                if (!claims.contains(service.settings().getProperty("quarkus.oidc.roles.role-claim-path"))
                        || !claims.containsAll(SCOPES)) {
                    wrong.add("Tokens do not say what " + service.name() + " asks for");
                }
            }
            String profile = realm.at("/spec/realm/components")
                    .path("org.keycloak.userprofile.UserProfileProvider")
                    .at("/0/config")
                    .path("kc.user.profile.config")
                    .path(0)
                    .asText();
            for (String scope : SCOPES) {
                boolean guarded = Resource.each(json(profile).path("attributes"))
                        .filter(attribute -> attribute.path("name").asText().equals(scope))
                        .anyMatch(attribute ->
                                attribute.at("/permissions/edit").toString().equals("[\"admin\"]"));
                if (!guarded) {
                    wrong.add("A user can edit their own attribute " + scope);
                }
            }
            return wrong.stream();
        });
    }

    /** The topics that a service sends to, from its AsyncAPI document. */
    private static Set<String> sent(String contract) {
        Set<String> topics = new TreeSet<>();
        Manifests.parse(Repository.read(contract))
                .resources()
                .getFirst()
                .each("/channels")
                .forEach(channel -> topics.add(channel.path("address").asText()));
        return topics;
    }

    private static JsonNode json(String text) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError("No JSON: " + text, e);
        }
    }

    private static Stream<Resource> ours(Manifests manifests) {
        return manifests
                .ofKind("Cluster")
                .filter(cluster ->
                        Service.ALL.stream().anyMatch(service -> cluster.name().equals(service.name() + "-database")));
    }
}
