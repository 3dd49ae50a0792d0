package org.lectern.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Rules for our Deployments and Jobs. */
final class WorkloadRules {

    private WorkloadRules() {}

    static Stream<String> imagesArePinned(Manifests manifests) {
        return manifests
                .workloads()
                .flatMap(workload -> containers(workload)
                        .map(container -> container.path("image").asText())
                        .filter(image -> !image.contains("@sha256:")
                                && (!image.matches(".+:[^/:]+") || image.endsWith(":latest")))
                        .map(image -> workload + ": image " + image + " may be another one tomorrow"));
    }

    /** A name without a registry would be a name in the default public one, where a stranger may own it. */
    static Stream<String> imagesComeFromANamedRegistry(Manifests manifests) {
        Stream<String> images = manifests
                .workloads()
                .flatMap(workload -> containers(workload)
                        .map(container -> container.path("image").asText())
                        .filter(image -> !image.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+(:\\d+)?/.+"))
                        .map(image -> workload + ": image " + image + " names no registry"));
        Stream<String> accounts = manifests
                .ofKind("ServiceAccount")
                .filter(account -> account.each("/imagePullSecrets").findAny().isEmpty())
                .map(account -> account + " has no login of a registry");
        return Stream.concat(images, accounts);
    }

    static Stream<String> resourcesAreBounded(Manifests manifests) {
        return manifests
                .workloads()
                .flatMap(workload -> containers(workload).flatMap(container -> {
                    JsonNode requests = container.at("/resources/requests");
                    JsonNode limits = container.at("/resources/limits");
                    List<String> wrong = new ArrayList<>();
                    for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
                        if (!requests.has(resource)) {
                            wrong.add(workload + " asks for no " + resource);
                        }
                    }
                    for (String resource : List.of("memory", "ephemeral-storage")) {
                        if (!limits.has(resource)) {
                            wrong.add(workload + " has no limit of " + resource);
                        } else if (amount(limits.path(resource)) < amount(requests.path(resource))) {
                            wrong.add(workload + " asks for more " + resource + " than its limit");
                        }
                    }
                    if (limits.has("cpu")) {
                        wrong.add(workload + " has a limit of cpu, which slows its start down");
                    }
                    return wrong.stream();
                }));
    }

    static Stream<String> probesAskTheManagementPort(Manifests manifests) {
        return manifests.ofKind("Deployment").flatMap(workload -> {
            JsonNode container = workload.container();
            List<String> wrong = new ArrayList<>();
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                JsonNode call = container.path(probe).path("httpGet");
                if (!workload.hasPort(call.path("port"))) {
                    wrong.add(workload + ": " + probe + " asks no port of the container");
                } else if (!call.path("port").asText().equals("management")) {
                    wrong.add(workload + ": " + probe + " does not ask the management port");
                }
                if (!call.path("path").asText().startsWith("/q/health/")) {
                    wrong.add(workload + ": " + probe + " asks " + call.path("path"));
                }
            }
            if (container.at("/livenessProbe/httpGet/path").equals(container.at("/readinessProbe/httpGet/path"))) {
                wrong.add(workload + " is killed when it is only not ready");
            }
            return wrong.stream();
        });
    }

    /** The ports match those that the services listen on. */
    static Stream<String> portsAreThoseOfTheServices(Manifests manifests) {
        return Service.ALL.stream().flatMap(service -> {
            Resource deployment = manifests.one("Deployment", service.name());
            return Stream.of(Map.entry("http", "quarkus.http.port"), Map.entry("management", "quarkus.management.port"))
                    .filter(port -> Resource.each(deployment.container().path("ports"))
                            .noneMatch(offered -> offered.path("name").asText().equals(port.getKey())
                                    && offered.path("containerPort")
                                            .asText()
                                            .equals(service.settings().getProperty(port.getValue()))))
                    .map(port -> deployment + ": its port " + port.getKey() + " is not what the service listens on");
        });
    }

    /** Pods meet the "restricted" standard of Kubernetes and have a read-only file system. */
    static Stream<String> podsCanDoNoHarm(Manifests manifests) {
        return manifests.workloads().flatMap(workload -> {
            JsonNode pod = workload.pod();
            List<String> wrong = new ArrayList<>();
            if (!pod.at("/securityContext/runAsNonRoot").asBoolean()
                    || pod.at("/securityContext/runAsUser").asInt(0) == 0) {
                wrong.add("may run as root");
            }
            if (!pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault")) {
                wrong.add("has no seccomp profile");
            }
            for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
                if (pod.path(host).asBoolean()) {
                    wrong.add("has " + host);
                }
            }
            containers(workload).forEach(container -> {
                JsonNode security = container.path("securityContext");
                if (security.path("allowPrivilegeEscalation").asBoolean(true)
                        || security.path("privileged").asBoolean()) {
                    wrong.add("may get more privileges");
                }
                if (!security.path("readOnlyRootFilesystem").asBoolean()) {
                    wrong.add("may write to its root file system");
                }
                if (!security.at("/capabilities/drop/0").asText().equals("ALL")
                        || security.at("/capabilities").has("add")) {
                    wrong.add("keeps capabilities");
                }
                if (Resource.each(container.path("volumeMounts"))
                        .noneMatch(mount -> mount.path("mountPath").asText().equals("/tmp"))) {
                    wrong.add("has no /tmp to write to");
                }
            });
            Resource.each(pod.path("volumes")).forEach(volume -> {
                if (!volume.has("emptyDir") && !volume.has("secret") && !volume.has("configMap")) {
                    wrong.add("mounts " + volume);
                }
                if (volume.has("emptyDir") && !volume.path("emptyDir").has("sizeLimit")) {
                    wrong.add("has a volume without a limit");
                }
            });
            return wrong.stream().map(reason -> workload + " " + reason);
        });
    }

    static Stream<String> mountsHaveTheirVolume(Manifests manifests) {
        return manifests.workloads().flatMap(workload -> {
            Set<String> volumes = new HashSet<>();
            Resource.each(workload.pod().path("volumes"))
                    .forEach(volume -> volumes.add(volume.path("name").asText()));
            return containers(workload)
                    .flatMap(container -> Resource.each(container.path("volumeMounts")))
                    .map(mount -> mount.path("name").asText())
                    .filter(name -> !volumes.contains(name))
                    .map(name -> workload + " mounts " + name + ", which it does not have");
        });
    }

    static Stream<String> podsHaveAnAccountWithoutToken(Manifests manifests) {
        return manifests.workloads().flatMap(workload -> {
            String account = workload.pod().path("serviceAccountName").asText();
            List<String> wrong = new ArrayList<>();
            if (workload.pod().path("automountServiceAccountToken").asBoolean(true)) {
                wrong.add(workload + " gets a token of the API server");
            }
            if (!manifests.has("ServiceAccount", account)) {
                wrong.add(workload + " runs as \"" + account + "\", which is no account of its own");
            } else if (manifests
                    .one("ServiceAccount", account)
                    .at("/automountServiceAccountToken")
                    .asBoolean(true)) {
                wrong.add("ServiceAccount " + account + " hands its token out");
            }
            return wrong.stream();
        });
    }

    /** A Service called "kafka" would inject {@code KAFKA_PORT} into the settings of the Kafka client. */
    static Stream<String> servicesAddNoVariables(Manifests manifests) {
        return manifests
                .workloads()
                .filter(workload -> workload.pod().path("enableServiceLinks").asBoolean(true))
                .map(workload -> workload + " gets variables from every Service of the namespace");
    }

    static Stream<String> selectorsMeanTheirOwnPods(Manifests manifests) {
        return manifests.ofKind("Deployment").flatMap(workload -> {
            List<String> wrong = new ArrayList<>();
            if (!workload.isSelectedBy(workload.at("/spec/selector"))) {
                wrong.add(workload + " does not select its own pods");
            }
            if (workload.at("/spec/selector/matchLabels").has("app.kubernetes.io/version")) {
                wrong.add(workload + " selects by version, so no other version could follow");
            }
            manifests
                    .workloads()
                    .filter(other -> !other.toString().equals(workload.toString()))
                    .filter(other -> other.isSelectedBy(workload.at("/spec/selector")))
                    .forEach(other -> wrong.add(workload + " selects the pods of " + other));
            return wrong.stream();
        });
    }

    static Stream<String> rollOutsLoseNothing(Manifests manifests) {
        return manifests.ofKind("Deployment").flatMap(workload -> {
            JsonNode strategy = workload.at("/spec/strategy/rollingUpdate");
            return strategy.path("maxUnavailable").asInt(1) == 0
                            && strategy.path("maxSurge").asInt(0) > 0
                    ? Stream.empty()
                    : Stream.of(workload + " goes down to fewer replicas while it is rolled out");
        });
    }

    /** The complete shutdown of a service fits into its termination grace period. */
    static Stream<String> stoppingHasItsTime(Manifests manifests) {
        return Service.ALL.stream().flatMap(service -> {
            Resource deployment = manifests.one("Deployment", service.name());
            Map<String, String> variables = SettingsRules.variables(manifests, deployment);
            // the waits of the observers of ShutdownEvent, in sequence
            Duration drain =
                    service.duration("lectern.outbox.send-timeout", variables).plusSeconds(5);
            if (service.name().equals("scheduler")) {
                drain = drain.plusSeconds(15); // AcknowledgementIntake.DRAIN
            } else {
                drain = drain.plus(service.duration("lectern.intake.drain-timeout", variables))
                        // the worker, then its attempts
                        .plus(service.duration("lectern.delivery.drain-timeout", variables)
                                .multipliedBy(2))
                        .plusSeconds(2 * 10); // Rounds.STOPPING, for reminders and for escalations
            }
            Duration needed = Duration.ofSeconds(deployment
                            .container()
                            .at("/lifecycle/preStop/sleep/seconds")
                            .asInt())
                    .plus(service.duration("quarkus.shutdown.delay", variables))
                    .plus(service.duration("quarkus.shutdown.timeout", variables))
                    .plus(drain);
            Duration given = Duration.ofSeconds(
                    deployment.pod().path("terminationGracePeriodSeconds").asInt(30));
            List<String> wrong = new ArrayList<>();
            if (given.compareTo(needed) < 0) {
                wrong.add(deployment + " is killed after " + given + ", it may need " + needed);
            }
            if (deployment.container().at("/lifecycle/preStop/sleep/seconds").asInt() < 5) {
                wrong.add(deployment + " stops answering before proxies have removed it");
            }
            return wrong.stream();
        });
    }

    static Stream<String> replicasAreSpread(Manifests manifests) {
        return manifests.ofKind("Deployment").filter(each -> !each.isPlanner()).flatMap(workload -> {
            List<String> wrong = new ArrayList<>();
            Set<String> keys = new HashSet<>();
            Resource.each(workload.pod().path("topologySpreadConstraints")).forEach(spread -> {
                keys.add(spread.path("topologyKey").asText());
                if (!workload.isSelectedBy(spread.path("labelSelector"))) {
                    wrong.add(workload + " spreads other pods than its own");
                }
                if (spread.path("topologyKey").asText().equals("kubernetes.io/hostname")
                        && !spread.path("whenUnsatisfiable").asText().equals("DoNotSchedule")) {
                    wrong.add(workload + " may have both replicas on one node");
                }
            });
            if (!keys.containsAll(Set.of("kubernetes.io/hostname", "topology.kubernetes.io/zone"))) {
                wrong.add(workload + " may have all replicas on one node or in one zone");
            }
            return wrong.stream();
        });
    }

    static Stream<String> everyDeploymentIsScaledByOne(Manifests manifests) {
        return manifests.ofKind("Deployment").flatMap(workload -> {
            List<Resource> scalers = scalers(manifests, workload);
            List<String> wrong = new ArrayList<>();
            if (workload.isPlanner()) {
                return scalers.isEmpty() && workload.at("/spec").has("replicas")
                        ? Stream.empty()
                        : Stream.of(workload + " has no caller, so nothing says how many replicas it needs");
            }
            if (scalers.size() != 1) {
                wrong.add(workload + " is scaled by " + scalers);
            }
            if (workload.at("/spec").has("replicas")) {
                wrong.add(workload + " says how many replicas there are, and so does its autoscaler");
            }
            scalers.stream()
                    .filter(scaler -> least(scaler) < 2)
                    .forEach(scaler -> wrong.add(scaler + " lets one replica be all there is"));
            return wrong.stream();
        });
    }

    static Stream<String> scalersScaleSomething(Manifests manifests) {
        return Stream.concat(manifests.ofKind("HorizontalPodAutoscaler"), manifests.ofKind("ScaledObject"))
                .filter(scaler -> !manifests.has(
                        scaler.at("/spec/scaleTargetRef/kind").asText(),
                        scaler.at("/spec/scaleTargetRef/name").asText()))
                .map(scaler -> scaler + " scales nothing");
    }

    /** A plan waits while its only worker is moved to another node. */
    static Stream<String> disruptionsAreBounded(Manifests manifests) {
        return manifests.ofKind("Deployment").filter(each -> !each.isPlanner()).flatMap(workload -> {
            List<Resource> budgets = manifests
                    .ofKind("PodDisruptionBudget")
                    .filter(budget -> workload.isSelectedBy(budget.at("/spec/selector")))
                    .toList();
            if (budgets.size() != 1) {
                return Stream.of(workload + " has disruption budgets " + budgets);
            }
            int unavailable = budgets.getFirst().at("/spec/maxUnavailable").asInt(0);
            int least = scalers(manifests, workload).stream()
                    .mapToInt(WorkloadRules::least)
                    .min()
                    .orElse(1);
            return unavailable >= 1 && unavailable < least
                    ? Stream.empty()
                    : Stream.of(budgets.getFirst() + " blocks draining of a node, or takes every replica");
        });
    }

    /** Plans are made in one place: by the services, or by a Deployment of their image without callers. */
    static Stream<String> plansHaveAWorker(Manifests manifests) {
        Resource service = manifests.one("Deployment", "scheduler");
        List<Resource> planners =
                manifests.ofKind("Deployment").filter(Resource::isPlanner).toList();
        List<String> wrong = new ArrayList<>();
        boolean here = isWorker(manifests, service);
        if (here != planners.isEmpty()) {
            wrong.add(service + (here ? " searches plans beside " + planners : " leaves plans without a worker"));
        }
        for (Resource planner : planners) {
            if (!isWorker(manifests, planner)) {
                wrong.add(planner + " does not search plans");
            }
            if (!planner.container().path("image").equals(service.container().path("image"))) {
                wrong.add(planner + " runs another image than " + service);
            }
            manifests
                    .ofKind("Service")
                    .filter(each -> planner.podLabels()
                            .entrySet()
                            .containsAll(
                                    Resource.texts(each.at("/spec/selector")).entrySet()))
                    .forEach(each -> wrong.add(each + " sends requests to " + planner));
        }
        return wrong.stream();
    }

    private static boolean isWorker(Manifests manifests, Resource deployment) {
        return !"false".equals(SettingsRules.variables(manifests, deployment).get("LECTERN_PLANNING_WORKER"));
    }

    static Stream<String> jobsEnd(Manifests manifests) {
        return manifests.ofKind("Job").flatMap(job -> {
            List<String> wrong = new ArrayList<>();
            for (String setting : List.of("backoffLimit", "activeDeadlineSeconds", "ttlSecondsAfterFinished")) {
                if (!job.at("/spec").has(setting)) {
                    wrong.add(job + " has no " + setting);
                }
            }
            if (!job.pod().path("restartPolicy").asText().equals("Never")) {
                wrong.add(job + " hides the logs of attempts that failed");
            }
            return wrong.stream();
        });
    }

    /** A Job with the service's image migrates each database; the service itself does not. */
    static Stream<String> migrationsComeFirst(Manifests manifests) {
        return Service.ALL.stream().flatMap(service -> {
            if (!manifests.has("Job", service.name() + "-migration")) {
                return Stream.of("Nothing migrates the database of " + service.name());
            }
            Resource job = manifests.one("Job", service.name() + "-migration");
            Resource deployment = manifests.one("Deployment", service.name());
            List<String> wrong = new ArrayList<>();
            if (!job.container().path("image").equals(deployment.container().path("image"))) {
                wrong.add(job + " runs another image than " + deployment);
            }
            Map<String, String> inJob = SettingsRules.variables(manifests, job);
            Map<String, String> inService = SettingsRules.variables(manifests, deployment);
            if (!"true".equals(inJob.get("QUARKUS_INIT_AND_EXIT"))
                    || !"true".equals(inJob.get("QUARKUS_FLYWAY_ACTIVE"))
                    || !"true".equals(inJob.get("QUARKUS_FLYWAY_MIGRATE_AT_START"))) {
                wrong.add(job + " does not migrate and end");
            }
            if (!"false".equals(inService.get("QUARKUS_FLYWAY_ACTIVE"))) {
                wrong.add(deployment + " migrates");
            }
            if (inJob.get("QUARKUS_DATASOURCE_USERNAME").equals(inService.get("QUARKUS_DATASOURCE_USERNAME"))) {
                wrong.add(deployment + " runs as the owner of its schema");
            }
            return wrong.stream();
        });
    }

    static List<Resource> scalers(Manifests manifests, Resource workload) {
        return Stream.concat(manifests.ofKind("HorizontalPodAutoscaler"), manifests.ofKind("ScaledObject"))
                .filter(scaler ->
                        scaler.at("/spec/scaleTargetRef/name").asText().equals(workload.name()))
                .toList();
    }

    static int most(Resource scaler) {
        return scaler.at("/spec/maxReplicas")
                .asInt(scaler.at("/spec/maxReplicaCount").asInt());
    }

    private static int least(Resource scaler) {
        return scaler.at("/spec/minReplicas")
                .asInt(scaler.at("/spec/minReplicaCount").asInt());
    }

    private static Stream<JsonNode> containers(Resource workload) {
        return Stream.concat(
                Resource.each(workload.pod().path("initContainers")),
                Resource.each(workload.pod().path("containers")));
    }

    private static double amount(JsonNode quantity) {
        return quantity.isMissingNode()
                ? 0
                : Quantity.getAmountInBytes(new Quantity(quantity.asText())).doubleValue();
    }
}
