/** Suggestions: lectures that would close gaps in coverage, and booking them. */
@NullMarked
package org.lectern.scheduler.campaign.suggestion;

import org.jspecify.annotations.NullMarked;
