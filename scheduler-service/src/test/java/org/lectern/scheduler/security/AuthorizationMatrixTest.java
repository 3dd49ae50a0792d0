package org.lectern.scheduler.security;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.AbstractAuthorizationMatrixTest;

@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class AuthorizationMatrixTest extends AbstractAuthorizationMatrixTest {

    AuthorizationMatrixTest() {
        super("org.lectern.scheduler");
    }
}
