/** Campaigns: which topics must reach which branches by when, how far that has come, and what to book next. */
@NullMarked
package org.lectern.scheduler.campaign;

import org.jspecify.annotations.NullMarked;
