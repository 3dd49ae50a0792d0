package org.lectern.notification.schema;

import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.AbstractRetentionRulesTest;

@ServiceTest
class RetentionRulesTest extends AbstractRetentionRulesTest {

    RetentionRulesTest() {
        super("Notification service");
    }
}
