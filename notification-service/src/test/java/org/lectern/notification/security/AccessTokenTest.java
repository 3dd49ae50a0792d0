package org.lectern.notification.security;

import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.AbstractAccessTokenTest;

@ServiceTest
class AccessTokenTest extends AbstractAccessTokenTest {

    AccessTokenTest() {
        super("/api/v1/deliveries");
    }
}
