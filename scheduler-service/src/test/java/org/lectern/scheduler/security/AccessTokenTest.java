package org.lectern.scheduler.security;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.AbstractAccessTokenTest;

@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class AccessTokenTest extends AbstractAccessTokenTest {

    AccessTokenTest() {
        super("/api/v1/outbox");
    }
}
