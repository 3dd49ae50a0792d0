/** Coverage per branch and topic (booked, notified, acknowledged, held), stored for lists and reports. */
@NullMarked
package org.lectern.scheduler.campaign.coverage;

import org.jspecify.annotations.NullMarked;
