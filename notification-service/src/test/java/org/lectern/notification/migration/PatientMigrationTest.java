package org.lectern.notification.migration;

import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.AbstractPatientMigrationTest;

@ServiceTest
class PatientMigrationTest extends AbstractPatientMigrationTest {}
