package org.lectern.notification.portal;

import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.AbstractSessionTest;

@ServiceTest
class SessionTest extends AbstractSessionTest {

    SessionTest() {
        super("/portal", "/api/v1/escalations", "/api/v1/quarantine/00000000-0000-7000-8000-000000000000/discard");
    }
}
