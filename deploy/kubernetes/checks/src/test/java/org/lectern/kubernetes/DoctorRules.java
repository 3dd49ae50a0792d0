package org.lectern.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rules for the Jobs that check a service from inside the cluster. */
final class DoctorRules {

    private DoctorRules() {}

    /** The doctor of a service has its image, settings, secrets and connections, and starts only when asked. */
    static Stream<String> doctorsSeeWhatTheirServiceSees(Manifests manifests) {
        return Service.ALL.stream().flatMap(service -> {
            Resource deployment = manifests.one("Deployment", service.name());
            List<String> wrong = new ArrayList<>();
            manifests
                    .find("CronJob", service.name() + "-doctor")
                    .ifPresentOrElse(
                            doctor -> {
                                if (!doctor.container()
                                                .path("image")
                                                .equals(deployment.container().path("image"))
                                        || !doctor.container()
                                                .at("/args/0")
                                                .asText()
                                                .equals("doctor")) {
                                    wrong.add(doctor + " runs something else than " + deployment);
                                }
                                if (!SettingsRules.variables(manifests, doctor)
                                        .equals(SettingsRules.variables(manifests, deployment))) {
                                    wrong.add(doctor + " has other settings than " + deployment);
                                }
                                if (!doctor.pod()
                                        .path("volumes")
                                        .equals(deployment.pod().path("volumes"))) {
                                    wrong.add(doctor + " mounts other volumes than " + deployment);
                                }
                                if (!doctor.at("/spec/suspend").asBoolean()) {
                                    wrong.add(doctor + " starts by itself");
                                }
                                manifests
                                        .ofKind("NetworkPolicy")
                                        .filter(policy -> policy.at("/spec/policyTypes")
                                                .toString()
                                                .contains("Egress"))
                                        .filter(
                                                policy -> !policy.name()
                                                        .matches(
                                                                "services-to-collector|scheduler-to-notification|notification-to-scheduler"))
                                        .filter(policy -> deployment.isSelectedBy(policy.at("/spec/podSelector"))
                                                && !doctor.isSelectedBy(policy.at("/spec/podSelector")))
                                        .forEach(policy -> wrong.add(
                                                doctor + " may not call what " + policy + " lets its service call"));
                                manifests
                                        .ofKind("Service")
                                        .filter(entry -> doctor.podLabels()
                                                .entrySet()
                                                .containsAll(Resource.texts(entry.at("/spec/selector"))
                                                        .entrySet()))
                                        .forEach(entry -> wrong.add(entry + " sends requests to " + doctor));
                            },
                            () -> wrong.add("There is no doctor of " + service.name()));
            return wrong.stream();
        });
    }
}
