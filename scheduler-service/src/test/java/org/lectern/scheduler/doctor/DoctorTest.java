package org.lectern.scheduler.doctor;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.AbstractDoctorTest;

@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class DoctorTest extends AbstractDoctorTest {

    DoctorTest() {
        super(ServiceNeeds.NEEDS, "lectern.acknowledgements", "triggers_acknowledgement");
    }
}
