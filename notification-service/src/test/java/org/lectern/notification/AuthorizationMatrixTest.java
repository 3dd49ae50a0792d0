package org.lectern.notification;

import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.AbstractAuthorizationMatrixTest;

@ServiceTest
class AuthorizationMatrixTest extends AbstractAuthorizationMatrixTest {

    AuthorizationMatrixTest() {
        super("org.lectern.notification");
    }
}
