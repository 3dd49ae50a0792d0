package org.lectern.chassis.startup;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.eclipse.microprofile.config.Config;

/**
 * What a service needs to run.
 *
 * @param settings the names of the required settings
 * @param topics the Kafka topics, and how the service uses each
 * @param productionRules its own rules for a production start
 * @param further checks specific to this service
 */
public record Needs(
        List<String> settings,
        Map<String, AclOperation> topics,
        List<ProductionRule> productionRules,
        List<Check> further) {

    /** Checks one dependency through the connections that the service would use. */
    @FunctionalInterface
    public interface Check {
        List<Finding> look(Config config);
    }
}
