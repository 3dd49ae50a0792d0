package org.lectern.scheduler.console;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.AbstractPageTest;

@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class PageTest extends AbstractPageTest {

    PageTest() {
        super("/console");
    }
}
