/** Campaigns: topics that must reach branches by a date, their coverage, and suggestions. */
@NullMarked
package org.lectern.scheduler.campaign;

import org.jspecify.annotations.NullMarked;
