package org.lectern.notification;

import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.UUID;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.AbstractHostileClientsTest;
import org.lectern.testing.Tokens;

@ServiceTest
@TestProfile(AbstractHostileClientsTest.PatientService.class)
class HostileClientsTest extends AbstractHostileClientsTest {

    @Inject
    Lectures lectures;

    /** Streams are held as well. */
    @Override
    protected Target target() throws IOException {
        String code = "HST-" + UUID.randomUUID();
        UUID branch = lectures.branch(code, null, "en");
        String token = Tokens.branch(code);
        for (int i = 0; i < 5; i++) {
            hold("GET /api/v1/branches/" + branch + "/notices/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                    + token + "\r\n\r\n");
        }
        return new Target("/api/v1/branches/" + branch + "/endpoints", token);
    }
}
