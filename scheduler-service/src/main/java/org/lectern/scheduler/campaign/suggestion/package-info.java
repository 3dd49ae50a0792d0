/** Suggestions: bookings that would fill what a campaign lacks, and booking them. */
@NullMarked
package org.lectern.scheduler.campaign.suggestion;

import org.jspecify.annotations.NullMarked;
