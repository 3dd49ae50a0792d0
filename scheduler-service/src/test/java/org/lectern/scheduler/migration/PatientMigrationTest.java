package org.lectern.scheduler.migration;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.AbstractPatientMigrationTest;

@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class PatientMigrationTest extends AbstractPatientMigrationTest {}
