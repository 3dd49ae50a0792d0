package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule can fail: each test adds an error to a valid overlay, and the rule reports it. */
class SeededErrorsTest {

    private static final String POD = "/spec/template/spec";
    private static final String CONTAINER = POD + "/containers/0";
    private static final String WAVE = "/metadata/annotations/argocd.argoproj.io~1sync-wave";
    private static final String COMPONENT = "/metadata/labels/app.kubernetes.io~1component";

    /** One seeded error: a value set, or removed if null. */
    record Seed(Rule rule, String overlay, String kind, String name, String pointer, String value) {

        Manifests sown() {
            Manifests manifests = Manifests.of(overlay);
            Resource resource = manifests.one(kind, name);
            if (pointer.isEmpty()) {
                List<Resource> others = new ArrayList<>(manifests.resources());
                others.remove(resource);
                return new Manifests(others);
            }
            JsonPointer place = JsonPointer.compile(pointer);
            JsonNode parent = resource.json().at(place.head());
            JsonNode seed = value == null
                    ? null
                    : Manifests.parse("value: " + value).resources().getFirst().at("/value");
            if (parent instanceof ArrayNode array) {
                if (place.last().getMatchingIndex() >= array.size()) {
                    array.add(seed);
                } else if (seed == null) {
                    array.remove(place.last().getMatchingIndex());
                } else {
                    array.set(place.last().getMatchingIndex(), seed);
                }
            } else if (seed == null) {
                assertThat(((ObjectNode) parent).remove(place.last().getMatchingProperty()))
                        .as(toString())
                        .isNotNull();
            } else {
                ((ObjectNode) parent).set(place.last().getMatchingProperty(), seed);
            }
            return manifests;
        }
    }

    static Stream<Seed> seeds() {
        return Stream.of(
                // a schema of each library and of each custom kind
                in(Rule.SCHEMAS, "Deployment", "scheduler", "/spec/minReadySecond", "5"),
                in(Rule.SCHEMAS, "Deployment", "scheduler", CONTAINER + "/livenessProbe/httpget", "{}"),
                in(Rule.SCHEMAS, "Deployment", "scheduler", "/spec/minReadySeconds", "soon"),
                in(Rule.SCHEMAS, "Deployment", "scheduler", CONTAINER + "/env/0/value", "true"),
                in(Rule.SCHEMAS, "Job", "scheduler-migration", "/spec/ttlSeconds", "1"),
                in(Rule.SCHEMAS, "PodDisruptionBudget", "scheduler", "/spec/maxUnavailabel", "1"),
                in(
                        Rule.SCHEMAS,
                        "HorizontalPodAutoscaler",
                        "scheduler",
                        "/spec/metrics/0/resource/target/average",
                        "1"),
                in(Rule.SCHEMAS, "NetworkPolicy", "scheduler", "/spec/ingres", "[]"),
                in(Rule.SCHEMAS, "HTTPRoute", "scheduler", "/spec/rules/0/timeouts/requests", "1s"),
                in(Rule.SCHEMAS, "PodMonitor", "scheduler", "/spec/podMetricsEndpoints/0/timeout", "1s"),
                in(Rule.SCHEMAS, "PrometheusRule", "lectern", "/spec/groups/0/rules/0/expression", "x"),
                in(Rule.SCHEMAS, "Kafka", "lectern", "/spec/kafka/listeners/0/authentification", "{}"),
                in(Rule.SCHEMAS, "KafkaNodePool", "brokers", "/spec/storage/volumes/0/deleteClaims", "false"),
                in(Rule.SCHEMAS, "KafkaTopic", "lectern.bookings", "/spec/partition", "12"),
                in(Rule.SCHEMAS, "KafkaUser", "lectern-scheduler", "/spec/authorization/acls/0/operation", "Read"),
                in(
                        Rule.SCHEMAS,
                        "Cluster",
                        "scheduler-database",
                        "/spec/postgresql/synchronous/durability",
                        "required"),
                in(Rule.SCHEMAS, "ScheduledBackup", "scheduler-nightly", "/spec/cron", "x"),
                in(Rule.SCHEMAS, "ObjectStore", "scheduler-backups", "/spec/configuration/path", "x"),
                in(Rule.SCHEMAS, "ScaledObject", "notification", "/spec/minReplicas", "2"),
                in(Rule.SCHEMAS, "TriggerAuthentication", "notification-lag", "/spec/secretTargetRef/0/secret", "x"),
                in(Rule.SCHEMAS, "ExternalSecret", "backup-store", "/spec/data/0/remoteRef/path", "x"),
                staging(Rule.SCHEMAS, "Ingress", "scheduler", "/spec/rules/0/hosts", "x"),
                staging(Rule.SCHEMAS, "Keycloak", "identity", "/spec/hostname/host", "x"),
                staging(Rule.SCHEMAS, "KeycloakRealmImport", "lectern", "/spec/realm/clients/0/public", "true"),
                in(Rule.SCHEMAS, "ServiceAccount", "scheduler", "/apiVersion", "v2"),
                in(
                        Rule.VALUES,
                        "Deployment",
                        "scheduler",
                        POD + "/topologySpreadConstraints/0/whenUnsatisfiable",
                        "Foo"),
                in(Rule.VALUES, "Deployment", "scheduler", POD + "/topologySpreadConstraints/0/maxSkew", null),
                in(Rule.VALUES, "Deployment", "scheduler", CONTAINER + "/name", null),
                in(Rule.VALUES, "Deployment", "scheduler", CONTAINER + "/ports/1/name", "management-and-metrics"),
                in(Rule.VALUES, "Deployment", "scheduler", CONTAINER + "/env/0/name", "QUARKUS DATASOURCE"),
                in(Rule.VALUES, "Deployment", "scheduler", CONTAINER + "/resources/requests/memory", "512 MB"),
                in(Rule.VALUES, "Job", "scheduler-migration", POD + "/restartPolicy", "never"),
                in(Rule.VALUES, "Service", "scheduler", "/metadata/name", "Scheduler"),
                in(Rule.VALUES, "NetworkPolicy", "scheduler", "/spec/policyTypes/0", "ingress"),
                in(Rule.VALUES, "NetworkPolicy", "names", "/spec/egress/0/ports/0/protocol", "udp"),
                in(
                        Rule.VALUES,
                        "NetworkPolicy",
                        "services-to-identity",
                        "/spec/egress/0/to/0/ipBlock/cidr",
                        "203.0.113.1"),
                in(Rule.VALUES, "PodDisruptionBudget", "scheduler", "/spec/unhealthyPodEvictionPolicy", "Always"),
                in(
                        Rule.VALUES,
                        "HorizontalPodAutoscaler",
                        "scheduler",
                        "/spec/metrics/0/resource/target/type",
                        "Percent"),
                in(Rule.VALUES, "HorizontalPodAutoscaler", "scheduler", "/spec/maxReplicas", null),
                in(Rule.VALUES, "HTTPRoute", "scheduler", "/spec/rules/0/matches/0/path/type", "Prefix"),
                in(Rule.VALUES, "HTTPRoute", "scheduler", "/spec/rules/0/timeouts/request", "'60'"),
                in(Rule.VALUES, "PodMonitor", "scheduler", "/spec/podMetricsEndpoints/0/interval", "15 s"),
                in(Rule.VALUES, "PrometheusRule", "lectern", "/spec/groups/1/rules/0/for", "soon"),
                in(Rule.VALUES, "KafkaNodePool", "brokers", "/spec/roles", null),
                in(Rule.VALUES, "Cluster", "scheduler-database", "/spec/postgresql/synchronous/dataDurability", "need"),
                in(Rule.VALUES, "Cluster", "scheduler-database", "/spec/storage", null),
                in(Rule.VALUES, "ScheduledBackup", "scheduler-nightly", "/spec/schedule", "0 2 * * *"),
                in(Rule.VALUES, "ObjectStore", "scheduler-backups", "/spec/configuration/data/compression", "zip"),
                in(Rule.VALUES, "ScaledObject", "notification", "/spec/fallback/behavior", "higher"),
                in(Rule.VALUES, "ExternalSecret", "backup-store", "/spec/target/creationPolicy", "owner"),
                staging(Rule.VALUES, "Ingress", "scheduler", "/spec/rules/0/http/paths/0/pathType", null),
                staging(Rule.VALUES, "Keycloak", "identity", "/spec/proxy/headers", "x-forwarded"),
                in(Rule.IMAGES_ARE_PINNED, "Deployment", "scheduler", CONTAINER + "/image", "lectern/x:latest"),
                in(Rule.IMAGES_ARE_PINNED, "Job", "scheduler-migration", CONTAINER + "/image", "host:5000/lectern/x"),
                in(
                        Rule.IMAGES_COME_FROM_A_NAMED_REGISTRY,
                        "Deployment",
                        "scheduler",
                        CONTAINER + "/image",
                        "lectern/scheduler-service:1.0.0"),
                in(Rule.IMAGES_COME_FROM_A_NAMED_REGISTRY, "ServiceAccount", "scheduler", "/imagePullSecrets", null),
                in(Rule.SCHEMAS, "CronJob", "scheduler-doctor", "/spec/suspended", "true"),
                doctor("/spec/suspend", "false"),
                doctor("/spec/jobTemplate/spec/template/spec/containers/0/env/0", null),
                doctor("/spec/jobTemplate/spec/template/spec/volumes/1", null),
                doctor("/spec/jobTemplate/spec/template/spec/containers/0/args", "[]"),
                doctor("/spec/jobTemplate/spec/template/metadata/labels/app.kubernetes.io~1component", "service"),
                in(
                        Rule.DOCTORS_SEE_WHAT_THEIR_SERVICE_SEES,
                        "NetworkPolicy",
                        "services-to-kafka",
                        "/spec/podSelector/matchExpressions/0/values",
                        "[service]"),
                in(Rule.RESOURCES_ARE_BOUNDED, "Deployment", "scheduler", CONTAINER + "/resources/limits/memory", null),
                in(Rule.RESOURCES_ARE_BOUNDED, "Deployment", "scheduler", CONTAINER + "/resources/limits/cpu", "1"),
                in(
                        Rule.RESOURCES_ARE_BOUNDED,
                        "Job",
                        "scheduler-migration",
                        CONTAINER + "/resources/requests/memory",
                        "1Gi"),
                in(Rule.PROBES_ASK_THE_MANAGEMENT_PORT, "Deployment", "scheduler", CONTAINER + "/startupProbe", null),
                in(
                        Rule.PROBES_ASK_THE_MANAGEMENT_PORT,
                        "Deployment",
                        "scheduler",
                        CONTAINER + "/readinessProbe/httpGet/port",
                        "http"),
                in(
                        Rule.PROBES_ASK_THE_MANAGEMENT_PORT,
                        "Deployment",
                        "scheduler",
                        CONTAINER + "/livenessProbe/httpGet/path",
                        "/q/health/ready"),
                in(
                        Rule.PORTS_ARE_THOSE_OF_THE_SERVICES,
                        "Deployment",
                        "notification",
                        CONTAINER + "/ports/0/containerPort",
                        "8080"),
                in(Rule.PODS_CAN_DO_NO_HARM, "Deployment", "scheduler", POD + "/securityContext/runAsUser", "0"),
                in(Rule.PODS_CAN_DO_NO_HARM, "Deployment", "scheduler", POD + "/hostNetwork", "true"),
                in(
                        Rule.PODS_CAN_DO_NO_HARM,
                        "Job",
                        "scheduler-migration",
                        CONTAINER + "/securityContext/readOnlyRootFilesystem",
                        null),
                in(
                        Rule.PODS_CAN_DO_NO_HARM,
                        "Deployment",
                        "scheduler",
                        CONTAINER + "/securityContext/capabilities/drop",
                        "[NET_RAW]"),
                in(
                        Rule.PODS_CAN_DO_NO_HARM,
                        "Deployment",
                        "scheduler",
                        POD + "/volumes/9",
                        "{name: host, hostPath: {path: /}}"),
                in(
                        Rule.MOUNTS_HAVE_THEIR_VOLUME,
                        "Deployment",
                        "scheduler",
                        CONTAINER + "/volumeMounts/0/name",
                        "temp"),
                in(
                        Rule.PODS_HAVE_AN_ACCOUNT_WITHOUT_TOKEN,
                        "Deployment",
                        "scheduler",
                        POD + "/serviceAccountName",
                        "default"),
                in(
                        Rule.PODS_HAVE_AN_ACCOUNT_WITHOUT_TOKEN,
                        "Deployment",
                        "scheduler",
                        POD + "/automountServiceAccountToken",
                        null),
                in(Rule.SERVICES_ADD_NO_VARIABLES, "Deployment", "scheduler", POD + "/enableServiceLinks", null),
                in(
                        Rule.SELECTORS_MEAN_THEIR_OWN_PODS,
                        "Deployment",
                        "scheduler",
                        "/spec/selector/matchLabels/app.kubernetes.io~1component",
                        null),
                in(
                        Rule.SELECTORS_MEAN_THEIR_OWN_PODS,
                        "Deployment",
                        "scheduler",
                        "/spec/selector/matchLabels/app.kubernetes.io~1version",
                        "one"),
                in(
                        Rule.ROLL_OUTS_LOSE_NOTHING,
                        "Deployment",
                        "scheduler",
                        "/spec/strategy/rollingUpdate/maxUnavailable",
                        "1"),
                in(
                        Rule.STOPPING_HAS_ITS_TIME,
                        "Deployment",
                        "notification",
                        POD + "/terminationGracePeriodSeconds",
                        "30"),
                in(Rule.STOPPING_HAS_ITS_TIME, "Deployment", "scheduler", CONTAINER + "/lifecycle", null),
                in(
                        Rule.STOPPING_HAS_ITS_TIME,
                        "Deployment",
                        "notification",
                        CONTAINER + "/env/9",
                        "{name: LECTERN_DELIVERY_DRAIN_TIMEOUT, value: 30s}"),
                in(Rule.REPLICAS_ARE_SPREAD, "Deployment", "scheduler", POD + "/topologySpreadConstraints/0", null),
                in(Rule.EVERY_DEPLOYMENT_IS_SCALED_BY_ONE, "Deployment", "scheduler", "/spec/replicas", "2"),
                in(Rule.EVERY_DEPLOYMENT_IS_SCALED_BY_ONE, "HorizontalPodAutoscaler", "scheduler", "", null),
                in(
                        Rule.EVERY_DEPLOYMENT_IS_SCALED_BY_ONE,
                        "ScaledObject",
                        "notification",
                        "/spec/minReplicaCount",
                        "0"),
                in(
                        Rule.SCALERS_SCALE_SOMETHING,
                        "ScaledObject",
                        "notification",
                        "/spec/scaleTargetRef/name",
                        "notifications"),
                in(Rule.DISRUPTIONS_ARE_BOUNDED, "PodDisruptionBudget", "scheduler", "/spec/maxUnavailable", "0"),
                in(Rule.DISRUPTIONS_ARE_BOUNDED, "PodDisruptionBudget", "scheduler", "", null),
                in(Rule.EVERY_DEPLOYMENT_IS_SCALED_BY_ONE, "Deployment", "scheduler-planner", "/spec/replicas", null),
                in(Rule.PLANS_HAVE_A_WORKER, "Deployment", "scheduler-planner", "", null),
                in(Rule.PLANS_HAVE_A_WORKER, "Deployment", "scheduler-planner", CONTAINER + "/env/0/value", "'false'"),
                in(
                        Rule.PLANS_HAVE_A_WORKER,
                        "Deployment",
                        "scheduler-planner",
                        CONTAINER + "/image",
                        "example.org/x:1"),
                in(
                        Rule.PLANS_HAVE_A_WORKER,
                        "Service",
                        "scheduler",
                        "/spec/selector",
                        "{app.kubernetes.io/name: scheduler}"),
                in(Rule.JOBS_END, "Job", "scheduler-migration", "/spec/activeDeadlineSeconds", null),
                in(Rule.JOBS_END, "Job", "scheduler-migration", POD + "/restartPolicy", "OnFailure"),
                in(Rule.MIGRATIONS_COME_FIRST, "Job", "notification-migration", "", null),
                in(
                        Rule.MIGRATIONS_COME_FIRST,
                        "Job",
                        "notification-migration",
                        CONTAINER + "/image",
                        "lectern/notification-service:0.9.0"),
                in(
                        Rule.MIGRATIONS_COME_FIRST,
                        "Deployment",
                        "scheduler",
                        CONTAINER + "/env/0/valueFrom/secretKeyRef/name",
                        "scheduler-database-owner"),
                in(Rule.WAVES_BRING_WHAT_IS_NEEDED, "Namespace", "lectern", WAVE, null),
                in(Rule.WAVES_BRING_WHAT_IS_NEEDED, "ServiceAccount", "scheduler", WAVE, null),
                in(Rule.WAVES_BRING_WHAT_IS_NEEDED, "ExternalSecret", "scheduler-database-owner", WAVE, null),
                in(Rule.WAVES_BRING_WHAT_IS_NEEDED, "NetworkPolicy", "scheduler-to-database", WAVE, null),
                in(Rule.WAVES_BRING_WHAT_IS_NEEDED, "NetworkPolicy", "kafka", WAVE, null),
                in(Rule.WAVES_BRING_WHAT_IS_NEEDED, "ObjectStore", "scheduler-backups", WAVE, "'-2'"),
                in(Rule.WAVES_BRING_WHAT_IS_NEEDED, "KafkaNodePool", "brokers", WAVE, null),
                in(Rule.WAVES_BRING_WHAT_IS_NEEDED, "KafkaUser", "lectern-scheduler", WAVE, "'-4'"),
                in(Rule.WAVES_BRING_WHAT_IS_NEEDED, "Job", "scheduler-migration", WAVE, "'-3'"),
                in(Rule.WAVES_BRING_WHAT_IS_NEEDED, "Job", "scheduler-migration", WAVE, null),
                staging(Rule.WAVES_BRING_WHAT_IS_NEEDED, "Cluster", "keycloak-database", WAVE, null),
                staging(Rule.WAVES_BRING_WHAT_IS_NEEDED, "KeycloakRealmImport", "lectern", WAVE, "'-3'"),
                in(
                        Rule.WAVES_BRING_WHAT_IS_NEEDED,
                        "ScaledObject",
                        "notification",
                        "/metadata/annotations",
                        "{argocd.argoproj.io/sync-wave: '-1'}"),
                in(Rule.STEPS_BRING_WHAT_IS_NEEDED, "ServiceAccount", "scheduler", COMPONENT, "service"),
                in(Rule.STEPS_BRING_WHAT_IS_NEEDED, "Job", "scheduler-migration", COMPONENT, null),
                in(Rule.STEPS_BRING_WHAT_IS_NEEDED, "Deployment", "scheduler", COMPONENT, null),
                in(Rule.STEPS_BRING_WHAT_IS_NEEDED, "ScaledObject", "notification", COMPONENT, null),
                in(Rule.STEPS_BRING_WHAT_IS_NEEDED, "KafkaNodePool", "brokers", COMPONENT, "service"),
                in(
                        Rule.MIGRATIONS_ARE_MADE_ANEW,
                        "Job",
                        "scheduler-migration",
                        "/metadata/annotations/argocd.argoproj.io~1hook",
                        null),
                in(
                        Rule.MIGRATIONS_ARE_MADE_ANEW,
                        "Job",
                        "scheduler-migration",
                        "/metadata/annotations/kustomize.toolkit.fluxcd.io~1force",
                        null),
                in(
                        Rule.SETTINGS_STAY_WHILE_THEY_ARE_USED,
                        "ConfigMap",
                        "lectern-dashboards",
                        "/metadata/annotations/argocd.argoproj.io~1sync-options",
                        null),
                staging(
                        Rule.REQUESTS_COME_FROM_WHERE_ROUTES_ARE_READ,
                        "NetworkPolicy",
                        "identity",
                        "/spec/ingress/0/from/0/namespaceSelector/matchLabels",
                        "{kubernetes.io/metadata.name: gateway}"),
                staging(
                        Rule.REQUESTS_COME_FROM_WHERE_ROUTES_ARE_READ,
                        "NetworkPolicy",
                        "services-to-gateway",
                        "/spec/egress/0/to/0/namespaceSelector/matchLabels",
                        "{kubernetes.io/metadata.name: gateway}"),
                in(Rule.REQUESTS_COME_FROM_WHERE_ROUTES_ARE_READ, "NetworkPolicy", "scheduler", "", null),
                in(Rule.DATABASES_ARE_REACHED, "NetworkPolicy", "scheduler-database", "/spec/ingress", "[]"),
                staging(
                        Rule.DATABASES_ARE_REACHED,
                        "NetworkPolicy",
                        "identity-import",
                        "/spec/podSelector/matchLabels/app",
                        "keycloak"),
                staging(
                        Rule.DATABASES_ARE_REACHED,
                        "NetworkPolicy",
                        "keycloak-database",
                        "/spec/ingress/0/from/1",
                        null),
                staging(Rule.DATABASES_ARE_REACHED, "NetworkPolicy", "identity-operator", "", null),
                in(Rule.NOTHING_IS_ALLOWED_BY_DEFAULT, "NetworkPolicy", "nothing-by-default", "", null),
                in(Rule.POLICIES_MEAN_PODS, "NetworkPolicy", "kafka", "/spec/podSelector/matchLabels", "{app: kafka}"),
                in(
                        Rule.PEERS_ARE_THERE,
                        "NetworkPolicy",
                        "scheduler-to-database",
                        "/spec/egress/0/to/0/podSelector/matchLabels",
                        "{cnpg.io/cluster: scheduler}"),
                in(Rule.PORTS_OF_POLICIES_EXIST, "NetworkPolicy", "scheduler", "/spec/ingress/0/ports/0/port", "web"),
                in(Rule.EVERY_POD_IS_SPOKEN_OF, "NetworkPolicy", "scheduler-to-database", "", null),
                in(Rule.EVERY_POD_IS_SPOKEN_OF, "NetworkPolicy", "names", "", null),
                in(
                        Rule.WEBHOOKS_STAY_OUTSIDE,
                        "NetworkPolicy",
                        "notification-to-branches",
                        "/spec/egress/0/to/0/ipBlock/except/1",
                        null),
                in(
                        Rule.WEBHOOKS_STAY_OUTSIDE,
                        "NetworkPolicy",
                        "notification-to-branches",
                        "/spec/egress/0/to/1/ipBlock/except/1",
                        null),
                in(
                        Rule.WEBHOOKS_STAY_OUTSIDE,
                        "NetworkPolicy",
                        "notification-to-branches",
                        "/spec/egress/0/to/1/ipBlock/cidr",
                        "fc00::/7"),
                in(
                        Rule.WEBHOOKS_STAY_OUTSIDE,
                        "NetworkPolicy",
                        "notification-to-branches",
                        "/spec/egress/0/ports/3",
                        "{port: 22}"),
                in(
                        Rule.WEBHOOKS_STAY_OUTSIDE,
                        "Deployment",
                        "notification",
                        CONTAINER + "/env/9",
                        "{name: LECTERN_OUTBOUND_HTTP_PORTS, value: '443,9443'}"),
                in(Rule.WEBHOOKS_STAY_OUTSIDE, "NetworkPolicy", "services-to-identity", "/spec/egress/0/to", null),
                in(
                        Rule.SERVICES_LEAD_TO_PODS,
                        "Service",
                        "scheduler",
                        "/spec/selector/app.kubernetes.io~1component",
                        null),
                in(Rule.SERVICES_LEAD_TO_PODS, "Service", "scheduler", "/spec/ports/0/targetPort", "8081"),
                in(Rule.ROUTES_LEAD_TO_SERVICES, "HTTPRoute", "scheduler", "/spec/rules/0/backendRefs/0/port", "8080"),
                in(Rule.ROUTES_LEAD_TO_SERVICES, "HTTPRoute", "scheduler", "/spec/rules/0/matches/0/path/value", "/"),
                staging(Rule.ROUTES_LEAD_TO_SERVICES, "Ingress", "scheduler", "", null),
                staging(Rule.ROUTES_LEAD_TO_SERVICES, "Ingress", "identity", "", null),
                staging(
                        Rule.ROUTES_LEAD_TO_SERVICES,
                        "Ingress",
                        "identity",
                        "/spec/rules/0/http/paths/0/path",
                        "/realms/"),
                staging(
                        Rule.ROUTES_LEAD_TO_SERVICES,
                        "Ingress",
                        "identity",
                        "/spec/rules/0/http/paths/0/backend/service/port/number",
                        "8443"),
                staging(
                        Rule.ROUTES_LEAD_TO_SERVICES,
                        "Ingress",
                        "identity",
                        "/spec/rules/0/host",
                        "identity.example.org"),
                in(Rule.MONITORS_READ_A_PORT, "PodMonitor", "scheduler", "/spec/podMetricsEndpoints/0/port", "metrics"),
                in(
                        Rule.EVERY_VARIABLE_IS_READ,
                        "Deployment",
                        "scheduler",
                        CONTAINER + "/env/9",
                        "{name: LECTERN_BOOKING_HORIZONT, value: 1D}"),
                in(
                        Rule.EVERY_VARIABLE_IS_READ,
                        "Deployment",
                        "scheduler",
                        CONTAINER + "/env/9",
                        "{name: LECTERN_OUTBOUND_HTTP_PORTS, value: '443'}"),
                // fixed at build time
                in(
                        Rule.EVERY_VARIABLE_IS_READ,
                        "Deployment",
                        "scheduler",
                        CONTAINER + "/env/9",
                        "{name: QUARKUS_MANAGEMENT_ENABLED, value: 'true'}"),
                in(
                        Rule.EVERY_VARIABLE_IS_READ,
                        "Deployment",
                        "notification",
                        CONTAINER + "/env/9",
                        "{name: KAFKA_SSL_KEYSTORE_FILE, value: x}"),
                in(Rule.EVERYTHING_NEEDED_IS_SET, "Deployment", "notification", CONTAINER + "/env", "[]"),
                in(Rule.EVERYTHING_NEEDED_IS_SET, "Job", "scheduler-migration", CONTAINER + "/env/4", null),
                in(Rule.EVERYTHING_NEEDED_IS_SET, "Job", "scheduler-migration", CONTAINER + "/envFrom", "[]"),
                in(
                        Rule.NO_VARIABLE_IS_SET_TWICE,
                        "Deployment",
                        "scheduler",
                        CONTAINER + "/env/9",
                        "{name: QUARKUS_DATASOURCE_PASSWORD, value: x}"),
                in(
                        Rule.SECRETS_ARE_NOT_WRITTEN_DOWN,
                        "Deployment",
                        "scheduler",
                        CONTAINER + "/env/9",
                        "{name: QUARKUS_DATASOURCE_PASSWORD, value: x}"),
                in(Rule.REFERENCES_LEAD_SOMEWHERE, "KafkaUser", "lectern-scheduler", "", null),
                in(Rule.REFERENCES_LEAD_SOMEWHERE, "KafkaUser", "lectern-keda", "", null),
                in(Rule.REFERENCES_LEAD_SOMEWHERE, "ExternalSecret", "notification-mail", "", null),
                in(Rule.REFERENCES_LEAD_SOMEWHERE, "ExternalSecret", "backup-store", "", null),
                staging(
                        Rule.REFERENCES_LEAD_SOMEWHERE,
                        "Ingress",
                        "scheduler",
                        "/spec/tls/0/secretName",
                        "certificate"),
                in(
                        Rule.REFERENCES_LEAD_SOMEWHERE,
                        "Deployment",
                        "scheduler",
                        CONTAINER + "/envFrom/0/configMapRef/name",
                        "scheduler"),
                in(
                        Rule.EVERYTHING_IS_IN_ONE_RESTRICTED_NAMESPACE,
                        "Service",
                        "scheduler",
                        "/metadata/namespace",
                        "default"),
                in(Rule.EVERYTHING_IS_IN_ONE_RESTRICTED_NAMESPACE, "Namespace", "lectern", "/metadata/labels", "{}"),
                in(Rule.DATABASES_FORGET_NOTHING, "Cluster", "scheduler-database", "/spec/instances", "2"),
                in(
                        Rule.DATABASES_FORGET_NOTHING,
                        "Cluster",
                        "scheduler-database",
                        "/spec/postgresql/synchronous",
                        null),
                in(
                        Rule.DATABASES_FORGET_NOTHING,
                        "Cluster",
                        "scheduler-database",
                        "/spec/postgresql/parameters/fsync",
                        "'off'"),
                in(Rule.DATABASES_ARE_BACKED_UP, "ScheduledBackup", "notification-nightly", "", null),
                in(Rule.DATABASES_ARE_BACKED_UP, "ObjectStore", "notification-backups", "", null),
                staging(Rule.DATABASES_ARE_BACKED_UP, "Cluster", "keycloak-database", "/spec/plugins", null),
                in(
                        Rule.PASSWORDS_REACH_THE_DATABASE,
                        "ExternalSecret",
                        "scheduler-database",
                        "/spec/target/template/metadata",
                        null),
                in(Rule.ENGINES_ARE_SPREAD, "KafkaNodePool", "controllers", "/spec/template/pod/affinity", null),
                in(Rule.ENGINES_ARE_SPREAD, "Cluster", "scheduler-database", "/spec/affinity", null),
                in(Rule.ENGINES_ARE_SPREAD, "Cluster", "scheduler-database", "/spec/topologySpreadConstraints", null),
                in(
                        Rule.ENGINES_ARE_SPREAD,
                        "KafkaNodePool",
                        "controllers",
                        "/spec/template/pod/topologySpreadConstraints",
                        null),
                in(Rule.ENGINES_ARE_PINNED, "Kafka", "lectern", "/spec/kafka/version", null),
                in(Rule.ENGINES_ARE_PINNED, "Kafka", "lectern", "/spec/kafka/metadataVersion", "4.3-IV0"),
                in(Rule.FALLBACK_HAS_AN_AVERAGE, "ScaledObject", "notification", "/spec/triggers/0/metricType", null),
                in(
                        Rule.PROCESSORS_ARE_BOUNDED,
                        "Deployment",
                        "scheduler",
                        CONTAINER + "/env/9",
                        "{name: JAVA_TOOL_OPTIONS, value: '-XX:MaxRAMPercentage=60'}"),
                in(
                        Rule.REPLICAS_ARE_SPREAD,
                        "Deployment",
                        "notification",
                        POD + "/topologySpreadConstraints/1/whenUnsatisfiable",
                        "ScheduleAnyway"),
                restored("/spec/bootstrap/recovery/source", "elsewhere"),
                restored("/spec/bootstrap/recovery/secret", null),
                restored("/spec/externalClusters/0/plugin/parameters/barmanObjectName", "scheduler-backups"),
                restored("/spec/plugins/0/parameters/serverName", "scheduler-database"),
                restored("/spec/plugins/0/parameters/serverName", null),
                new Seed(
                        Rule.RESTORES_LEAVE_THE_ARCHIVE_ALONE,
                        "restore-all",
                        "ObjectStore",
                        "notification-source",
                        "/spec/retentionPolicy",
                        "30d"),
                new Seed(
                        Rule.VALUES,
                        "restore-scheduler",
                        "Cluster",
                        "scheduler-database",
                        "/spec/bootstrap/recovery/recoveryTarget/targetTime",
                        "'2026-11-24 09:30'"),
                in(
                        Rule.ENGINES_CAN_DO_NO_HARM,
                        "KafkaNodePool",
                        "brokers",
                        "/spec/template/initContainer/securityContext",
                        null),
                in(
                        Rule.ENGINES_CAN_DO_NO_HARM,
                        "Kafka",
                        "lectern",
                        "/spec/entityOperator/template/userOperatorContainer/securityContext/capabilities",
                        null),
                staging(Rule.ENGINES_CAN_DO_NO_HARM, "Keycloak", "identity", "/spec/unsupported", null),
                in(Rule.CONNECTIONS_SUFFICE, "ScaledObject", "notification", "/spec/maxReplicaCount", "24"),
                in(Rule.TOPICS_ARE_THOSE_OF_THE_CONTRACT, "KafkaTopic", "lectern.requests", "", null),
                in(
                        Rule.TOPICS_ARE_THOSE_OF_THE_CONTRACT,
                        "KafkaTopic",
                        "lectern.requests",
                        "/spec/config/retention.ms",
                        "1000"),
                in(
                        Rule.TOPICS_ARE_THOSE_OF_THE_CONTRACT,
                        "KafkaTopic",
                        "lectern.branches",
                        "/spec/config/cleanup.policy",
                        "delete"),
                in(Rule.TOPICS_ARE_THOSE_OF_THE_CONTRACT, "KafkaTopic", "lectern.bookings", "/spec/partitions", "6"),
                in(Rule.TOPICS_ARE_THOSE_OF_THE_CONTRACT, "KafkaNodePool", "brokers", "/spec/replicas", "2"),
                in(
                        Rule.LAG_IS_ASKED_OF_OUR_KAFKA,
                        "ScaledObject",
                        "notification",
                        "/spec/triggers/0/metadata/version",
                        null),
                in(
                        Rule.LAG_IS_ASKED_OF_OUR_KAFKA,
                        "ScaledObject",
                        "notification",
                        "/spec/triggers/0/metadata/topic",
                        "lectern.booking"),
                in(
                        Rule.LAG_IS_ASKED_OF_OUR_KAFKA,
                        "ScaledObject",
                        "notification",
                        "/spec/triggers/0/metadata/bootstrapServers",
                        "lectern-kafka-bootstrap:9093"),
                in(
                        Rule.PERMISSIONS_ARE_THOSE_OF_THE_CONTRACT,
                        "KafkaUser",
                        "lectern-scheduler",
                        "/spec/authorization/acls/5/operations/2",
                        "Write"),
                in(
                        Rule.PERMISSIONS_ARE_THOSE_OF_THE_CONTRACT,
                        "KafkaUser",
                        "lectern-notification",
                        "/spec/authorization/acls/4",
                        null),
                in(Rule.PERMISSIONS_ARE_THOSE_OF_THE_CONTRACT, "Kafka", "lectern", "/spec/kafka/authorization", null),
                staging(
                        Rule.TOKENS_ARE_WHAT_THE_SERVICES_ASK_FOR,
                        "KeycloakRealmImport",
                        "lectern",
                        "/spec/realm/roles/realm/0",
                        null),
                staging(
                        Rule.TOKENS_ARE_WHAT_THE_SERVICES_ASK_FOR,
                        "KeycloakRealmImport",
                        "lectern",
                        "/spec/realm/clientScopes/0/protocolMappers/2",
                        null),
                staging(
                        Rule.TOKENS_ARE_WHAT_THE_SERVICES_ASK_FOR,
                        "KeycloakRealmImport",
                        "lectern",
                        "/spec/realm/clientScopes/0/protocolMappers/5",
                        null),
                staging(
                        Rule.TOKENS_ARE_WHAT_THE_SERVICES_ASK_FOR,
                        "KeycloakRealmImport",
                        "lectern",
                        "/spec/realm/components",
                        null));
    }

    private static Seed in(Rule rule, String kind, String name, String pointer, String value) {
        return new Seed(rule, "production", kind, name, pointer, value);
    }

    private static Seed doctor(String pointer, String value) {
        return in(Rule.DOCTORS_SEE_WHAT_THEIR_SERVICE_SEES, "CronJob", "scheduler-doctor", pointer, value);
    }

    private static Seed restored(String pointer, String value) {
        return new Seed(
                Rule.RESTORES_LEAVE_THE_ARCHIVE_ALONE, "restore-all", "Cluster", "scheduler-database", pointer, value);
    }

    private static Seed staging(Rule rule, String kind, String name, String pointer, String value) {
        return new Seed(rule, "staging", kind, name, pointer, value);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theRuleComplains(Seed seed) {
        assertThat(seed.rule().brokenBy(seed.sown())).isNotEmpty();
    }

    @Test
    void everyRuleHasASeed() {
        Set<Rule> seeded = new TreeSet<>();
        seeds().forEach(seed -> seeded.add(seed.rule()));
        assertThat(seeded).containsExactly(Rule.values());
    }

    @Test
    void everyKindHasASeedOfItsSchema() {
        Set<String> seeded = new TreeSet<>(Set.of("Namespace", "ConfigMap", "Service")); // core objects
        seeds().filter(seed -> seed.rule() == Rule.SCHEMAS).forEach(seed -> seeded.add(seed.kind()));
        Manifests.overlays()
                .forEach(overlay -> assertThat(Manifests.of(overlay).resources())
                        .extracting(Resource::kind)
                        .isSubsetOf(seeded));
    }
}
