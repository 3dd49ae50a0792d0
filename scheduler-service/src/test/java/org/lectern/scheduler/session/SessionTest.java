package org.lectern.scheduler.session;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.AbstractSessionTest;

@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class SessionTest extends AbstractSessionTest {

    SessionTest() {
        super("/console", "/api/v1/bookings", "/api/v1/bookings");
    }
}
