package org.lectern.scheduler;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.AbstractHostileClientsTest;
import org.lectern.testing.Tokens;

@QuarkusTest
@QuarkusTestResource(BackingStack.class)
@TestProfile(AbstractHostileClientsTest.PatientService.class)
class HostileClientsTest extends AbstractHostileClientsTest {

    @Override
    protected Target target() {
        return new Target("/api/v1/topics", Tokens.organizer());
    }
}
