package org.lectern.chassis.startup;

import java.util.List;
import org.eclipse.microprofile.config.Config;

/** A service's own rule for a production start. Beans of this type are evaluated at each start. */
@FunctionalInterface
public interface ProductionRule {

    /** Every reason not to start, each with the setting to change. */
    List<String> violations(Config config);
}
