package org.lectern.scheduler.schema;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.AbstractDatabaseGuardsTest;

@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class DatabaseGuardsTest extends AbstractDatabaseGuardsTest {

    DatabaseGuardsTest() {
        super("Scheduler", Set.of("is_announced", "occupies"));
    }
}
