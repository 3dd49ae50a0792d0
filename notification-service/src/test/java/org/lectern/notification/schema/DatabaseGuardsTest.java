package org.lectern.notification.schema;

import java.util.Set;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.AbstractDatabaseGuardsTest;

@ServiceTest
class DatabaseGuardsTest extends AbstractDatabaseGuardsTest {

    DatabaseGuardsTest() {
        super("Notification", Set.of());
    }
}
