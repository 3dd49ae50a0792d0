/** The search for free lecturers and slots, ranked with reasons. */
@NullMarked
package org.lectern.scheduler.schedule.search;

import org.jspecify.annotations.NullMarked;
