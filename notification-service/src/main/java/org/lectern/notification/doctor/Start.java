package org.lectern.notification.doctor;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import org.lectern.chassis.http.Addresses;
import org.lectern.chassis.startup.Doctor;
import org.lectern.chassis.startup.PackagedSettings;
import org.lectern.chassis.time.Time;

/** Starts the service. With {@code doctor} as the only argument, checks the requirements and exits. */
@QuarkusMain
public final class Start {

    private Start() {}

    public static void main(String... arguments) throws IOException {
        if (arguments.length == 1 && arguments[0].equals("doctor")) {
            System.exit(new Doctor(PackagedSettings.beside(Start.class), Time.clock(), ServiceNeeds.NEEDS)
                    .examine(System.out));
        }
        Addresses.checkedByGuard();
        Quarkus.run(arguments);
    }
}
