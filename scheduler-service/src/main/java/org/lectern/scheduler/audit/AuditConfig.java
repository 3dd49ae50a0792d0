package org.lectern.scheduler.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When the audit is sealed. */
@ConfigMapping(prefix = "lectern.audit")
interface AuditConfig {

    /** How often committed entries are chained. */
    @WithDefault("2s")
    Duration sealInterval();

    /** How often the head of the chain is told to the log, outside of the database's reach. */
    @WithDefault("15m")
    Duration anchorInterval();
}
