package org.lectern.scheduler.openapi;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.AbstractLazyOpenApiTest;

@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class LazyOpenApiTest extends AbstractLazyOpenApiTest {}
