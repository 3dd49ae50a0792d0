package org.lectern.chassis.startup;

import java.util.List;
import org.eclipse.microprofile.config.Config;

/** A rule of a production start that one service has. Beans of this type are asked at each start. */
@FunctionalInterface
public interface ProductionRule {

    /** Every reason not to start, each with the setting to change. */
    List<String> violations(Config config);
}
