package org.lectern.scheduler.doctor;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.lectern.chassis.startup.Needs;

/** The dependencies of this service. */
final class ServiceNeeds {

    private static final List<String> NEEDED = List.of(
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.username",
            "quarkus.datasource.password",
            "kafka.bootstrap.servers",
            "quarkus.oidc.auth-server-url");

    private static final Map<String, AclOperation> TOPICS = Map.of(
            "lectern.answers", AclOperation.WRITE,
            "lectern.bookings", AclOperation.WRITE,
            "lectern.branches", AclOperation.WRITE,
            "lectern.lecturers", AclOperation.WRITE,
            "lectern.requests", AclOperation.WRITE,
            "lectern.acknowledgements", AclOperation.READ);

    static final Needs NEEDS = new Needs(NEEDED, TOPICS, List.of(), List.of());

    private ServiceNeeds() {}
}
