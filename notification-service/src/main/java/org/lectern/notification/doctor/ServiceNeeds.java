package org.lectern.notification.doctor;

import static org.lectern.chassis.startup.Finding.fix;
import static org.lectern.chassis.startup.Finding.ok;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.eclipse.microprofile.config.Config;
import org.lectern.chassis.startup.Finding;
import org.lectern.chassis.startup.Needs;
import org.lectern.notification.production.DeliveryRules;

/** The requirements of this service. */
final class ServiceNeeds {

    private static final int SMTP = 25;
    private static final int PATIENCE_MILLIS = 5_000;

    private static final List<String> NEEDED = List.of(
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.username",
            "quarkus.datasource.password",
            "kafka.bootstrap.servers",
            "quarkus.oidc.auth-server-url",
            "lectern.secrets.keys",
            "lectern.public-url",
            "lectern.mail.host");

    private static final Map<String, AclOperation> TOPICS = Map.of(
            "lectern.bookings", AclOperation.READ,
            "lectern.branches", AclOperation.READ,
            "lectern.lecturers", AclOperation.READ,
            "lectern.requests", AclOperation.READ,
            "lectern.answers", AclOperation.READ,
            "lectern.acknowledgements", AclOperation.WRITE);

    static final Needs NEEDS =
            new Needs(NEEDED, TOPICS, List.of(new DeliveryRules()), List.of(ServiceNeeds::mailServer));

    private ServiceNeeds() {}

    private static List<Finding> mailServer(Config config) {
        String host = config.getOptionalValue("lectern.mail.host", String.class).orElse("");
        if (host.isBlank()) {
            return List.of(); // reported as a missing setting
        }
        int port = config.getOptionalValue("lectern.mail.port", Integer.class).orElse(SMTP);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            return List.of(ok("The mail server answers"));
        } catch (IOException e) {
            return List.of(fix(
                    "The mail server does not answer at " + host + ":" + port + ": " + e.getMessage(),
                    "check LECTERN_MAIL_HOST and LECTERN_MAIL_PORT, and the network policy"));
        }
    }
}
