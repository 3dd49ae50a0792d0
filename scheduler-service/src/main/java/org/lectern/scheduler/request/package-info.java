/** Lecture requests of branches, and their answers. */
@NullMarked
package org.lectern.scheduler.request;

import org.jspecify.annotations.NullMarked;
