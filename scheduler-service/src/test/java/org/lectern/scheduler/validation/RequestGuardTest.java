package org.lectern.scheduler.validation;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.AbstractRequestGuardTest;

@QuarkusTest
@QuarkusTestResource(BackingStack.class)
@TestProfile(AbstractRequestGuardTest.ShortDeadline.class)
class RequestGuardTest extends AbstractRequestGuardTest {

    RequestGuardTest() {
        super("/api/v1/branches", "/api/v1/outbox");
    }
}
