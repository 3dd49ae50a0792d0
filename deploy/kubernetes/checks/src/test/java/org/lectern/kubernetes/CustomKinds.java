package org.lectern.kubernetes;

import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import org.keycloak.representations.idm.RealmRepresentation;

/**
 * Kinds without a Java library, reduced to the fields in use, so that a misspelt field is refused. Add further fields
 * here from the CRDs of CloudNativePG, its Barman Cloud plugin, KEDA, External Secrets or Keycloak.
 */
final class CustomKinds {

    private CustomKinds() {}

    record Metadata(
            String name,
            String generateName,
            String namespace,
            Map<String, String> labels,
            Map<String, String> annotations) {}

    record Name(String name) {}

    record Key(String name, String key) {}

    record Resources(Map<String, String> requests, Map<String, String> limits) {}

    record Size(String size) {}

    record Plugin(String name, boolean enabled, boolean isWALArchiver, Map<String, String> parameters) {}

    record Cluster(String apiVersion, String kind, Metadata metadata, Spec spec) {
        record Spec(
                int instances,
                Catalog imageCatalogRef,
                String primaryUpdateStrategy,
                String primaryUpdateMethod,
                Bootstrap bootstrap,
                List<External> externalClusters,
                Managed managed,
                Postgresql postgresql,
                Size storage,
                Size walStorage,
                Resources resources,
                Affinity affinity,
                List<TopologySpreadConstraint> topologySpreadConstraints,
                List<Plugin> plugins) {}

        record Catalog(String apiGroup, String kind, String name, int major) {}

        record Bootstrap(Initdb initdb, Recovery recovery) {}

        record Initdb(
                String database,
                String owner,
                Name secret,
                String encoding,
                String localeProvider,
                String builtinLocale,
                boolean dataChecksums,
                List<String> postInitApplicationSQL) {}

        record Recovery(String source, String database, String owner, Name secret, Target recoveryTarget) {}

        record Target(String targetTime) {}

        record External(String name, Plugin plugin) {}

        record Managed(List<Role> roles) {}

        record Role(String name, String ensure, boolean login, Name passwordSecret) {}

        record Postgresql(Synchronous synchronous, Map<String, String> parameters) {}

        record Synchronous(String method, int number, String dataDurability, boolean failoverQuorum) {}

        record Affinity(boolean enablePodAntiAffinity, String topologyKey, String podAntiAffinityType) {}
    }

    record ClusterImageCatalog(String apiVersion, String kind, Metadata metadata, Spec spec) {
        record Spec(List<Image> images) {}

        record Image(int major, String image) {}
    }

    record ScheduledBackup(String apiVersion, String kind, Metadata metadata, Spec spec) {
        record Spec(
                String schedule,
                boolean immediate,
                String backupOwnerReference,
                Name cluster,
                String method,
                Name pluginConfiguration) {}
    }

    record Backup(String apiVersion, String kind, Metadata metadata, Spec spec) {
        record Spec(Name cluster, String method, Name pluginConfiguration) {}
    }

    record ObjectStore(String apiVersion, String kind, Metadata metadata, Spec spec) {
        record Spec(String retentionPolicy, Configuration configuration) {}

        record Configuration(
                String destinationPath, String endpointURL, Credentials s3Credentials, Wal wal, Data data) {}

        record Credentials(Key accessKeyId, Key secretAccessKey) {}

        record Wal(String compression, int maxParallel) {}

        record Data(String compression) {}
    }

    record ScaledObject(String apiVersion, String kind, Metadata metadata, Spec spec) {
        record Spec(
                Target scaleTargetRef,
                int pollingInterval,
                int minReplicaCount,
                int maxReplicaCount,
                Fallback fallback,
                Advanced advanced,
                List<Trigger> triggers) {}

        record Target(String apiVersion, String kind, String name) {}

        record Fallback(int failureThreshold, int replicas, String behavior) {}

        record Advanced(Autoscaler horizontalPodAutoscalerConfig) {}

        record Autoscaler(io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior behavior) {}

        record Trigger(String type, String metricType, Map<String, String> metadata, Name authenticationRef) {}
    }

    record TriggerAuthentication(String apiVersion, String kind, Metadata metadata, Spec spec) {
        record Spec(List<Parameter> secretTargetRef) {}

        record Parameter(String parameter, String name, String key) {}
    }

    record ExternalSecret(String apiVersion, String kind, Metadata metadata, Spec spec) {
        record Spec(String refreshInterval, Store secretStoreRef, Target target, List<Data> data) {}

        record Store(String kind, String name) {}

        record Target(String name, String creationPolicy, String deletionPolicy, Template template) {}

        record Template(String type, Labels metadata) {}

        record Labels(Map<String, String> labels) {}

        record Data(String secretKey, Remote remoteRef) {}

        record Remote(String key, String property) {}
    }

    record Keycloak(String apiVersion, String kind, Metadata metadata, Spec spec) {
        record Spec(
                int instances,
                Database db,
                Http http,
                Hostname hostname,
                Proxy proxy,
                List<Option> additionalOptions,
                Ingress ingress,
                NetworkPolicy networkPolicy,
                Resources resources,
                Unsupported unsupported) {}

        record Database(
                String vendor, String host, int port, String database, Key usernameSecret, Key passwordSecret) {}

        record Http(String tlsSecret, boolean httpEnabled) {}

        record Hostname(String hostname, boolean strict) {}

        record Proxy(String headers) {}

        record Option(String name, String value) {}

        record Ingress(boolean enabled) {}

        record NetworkPolicy(boolean enabled) {}

        record Unsupported(io.fabric8.kubernetes.api.model.PodTemplateSpec podTemplate) {}
    }

    record KeycloakRealmImport(String apiVersion, String kind, Metadata metadata, Spec spec) {
        record Spec(String keycloakCRName, RealmRepresentation realm) {}
    }

    /** Of Kyverno. */
    record ClusterPolicy(String apiVersion, String kind, Metadata metadata, Spec spec) {
        record Spec(String validationFailureAction, int webhookTimeoutSeconds, List<Rule> rules) {}

        record Rule(String name, Match match, List<Images> verifyImages) {}

        record Match(List<Filter> any) {}

        record Filter(Selected resources) {}

        record Selected(List<String> kinds, List<String> namespaces) {}

        record Images(
                List<String> imageReferences,
                boolean mutateDigest,
                boolean verifyDigest,
                boolean required,
                List<Attestor> attestors,
                List<Attestation> attestations) {}

        record Attestor(List<Entry> entries) {}

        record Entry(Keys keys) {}

        record Keys(String publicKeys) {}

        record Attestation(String type, List<Attestor> attestors, List<Conditions> conditions) {}

        record Conditions(List<Condition> all) {}

        record Condition(String key, String operator, String value) {}
    }
}
