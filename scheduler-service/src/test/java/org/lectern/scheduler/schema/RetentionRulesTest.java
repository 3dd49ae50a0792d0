package org.lectern.scheduler.schema;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.AbstractRetentionRulesTest;

@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class RetentionRulesTest extends AbstractRetentionRulesTest {

    RetentionRulesTest() {
        super("Scheduler");
    }
}
