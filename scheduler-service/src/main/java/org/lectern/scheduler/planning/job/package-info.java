/** The worker of plans: leases a job, searches or publishes, and can be replaced by another worker at any time. */
@NullMarked
package org.lectern.scheduler.planning.job;

import org.jspecify.annotations.NullMarked;
