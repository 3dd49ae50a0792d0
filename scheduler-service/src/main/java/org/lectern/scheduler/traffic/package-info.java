/** How much one caller may ask of a process. */
@NullMarked
package org.lectern.scheduler.traffic;

import org.jspecify.annotations.NullMarked;
