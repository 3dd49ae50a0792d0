/** Coverage: per branch and topic, what is booked, told, acknowledged and held; kept up to date for lists and reports. */
@NullMarked
package org.lectern.scheduler.campaign.coverage;

import org.jspecify.annotations.NullMarked;
