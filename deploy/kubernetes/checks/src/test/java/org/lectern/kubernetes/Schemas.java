package org.lectern.kubernetes;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.Map;
import java.util.Optional;

/**
 * The schemas of all applied kinds. They refuse unknown fields, values of another type, and kinds without a schema.
 * Enumerations that a library keeps as text are checked by {@link Values}.
 */
final class Schemas {

    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            entry("v1/Namespace", Namespace.class),
            entry("v1/ConfigMap", ConfigMap.class),
            entry("v1/Service", Service.class),
            entry("v1/ServiceAccount", ServiceAccount.class),
            entry("apps/v1/Deployment", Deployment.class),
            entry("batch/v1/Job", Job.class),
            entry("batch/v1/CronJob", CronJob.class),
            entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            entry("networking.k8s.io/v1/Ingress", Ingress.class),
            entry("gateway.networking.k8s.io/v1/HTTPRoute", HTTPRoute.class),
            entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
            entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
            entry("kafka.strimzi.io/v1/Kafka", Kafka.class),
            entry("kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class),
            entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
            entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class),
            entry("postgresql.cnpg.io/v1/Cluster", CustomKinds.Cluster.class),
            entry("postgresql.cnpg.io/v1/ClusterImageCatalog", CustomKinds.ClusterImageCatalog.class),
            entry("postgresql.cnpg.io/v1/Backup", CustomKinds.Backup.class),
            entry("postgresql.cnpg.io/v1/ScheduledBackup", CustomKinds.ScheduledBackup.class),
            entry("barmancloud.cnpg.io/v1/ObjectStore", CustomKinds.ObjectStore.class),
            entry("keda.sh/v1alpha1/ScaledObject", CustomKinds.ScaledObject.class),
            entry("keda.sh/v1alpha1/TriggerAuthentication", CustomKinds.TriggerAuthentication.class),
            entry("external-secrets.io/v1/ExternalSecret", CustomKinds.ExternalSecret.class),
            entry("kyverno.io/v1/ClusterPolicy", CustomKinds.ClusterPolicy.class),
            entry("k8s.keycloak.org/v2alpha1/Keycloak", CustomKinds.Keycloak.class),
            entry("k8s.keycloak.org/v2alpha1/KeycloakRealmImport", CustomKinds.KeycloakRealmImport.class));

    private static final ObjectMapper STRICT = strict();

    private Schemas() {}

    /** The reason why the object is invalid; empty if it is valid. */
    static Optional<String> refusal(Resource resource) {
        Class<?> schema = KINDS.get(resource.type());
        if (schema == null) {
            return Optional.of(resource + ": there is no schema of " + resource.type());
        }
        try {
            STRICT.treeToValue(resource.json(), schema);
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(resource + ": " + e.getMessage());
        }
    }

    private static ObjectMapper strict() {
        ObjectMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .annotationIntrospector(new JacksonAnnotationIntrospector() {
                    /** The libraries keep unknown fields; the check refuses them. */
                    @Override
                    public Boolean hasAnySetter(Annotated annotated) {
                        return false;
                    }
                })
                .build();
        for (CoercionInputShape shape : new CoercionInputShape[] {
            CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }
}
