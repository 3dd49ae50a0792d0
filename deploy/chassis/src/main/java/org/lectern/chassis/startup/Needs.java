package org.lectern.chassis.startup;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.eclipse.microprofile.config.Config;

/**
 * What a service needs to run.
 *
 * @param settings the names of settings without which it does not start
 * @param topics Kafka's topics, and what the service does with each
 * @param productionRules its own rules of a production start
 * @param further checks of what only this service uses
 */
public record Needs(
        List<String> settings,
        Map<String, AclOperation> topics,
        List<ProductionRule> productionRules,
        List<Check> further) {

    /** Looks at one thing, as the service would reach it. */
    @FunctionalInterface
    public interface Check {
        List<Finding> look(Config config);
    }
}
