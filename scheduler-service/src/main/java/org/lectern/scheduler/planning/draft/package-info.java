/** Stored plans: what was asked for, the items with their slots, the job that works on them, and what happened. */
@NullMarked
package org.lectern.scheduler.planning.draft;

import org.jspecify.annotations.NullMarked;
