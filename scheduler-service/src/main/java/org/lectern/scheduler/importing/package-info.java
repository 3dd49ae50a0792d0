/** Data by CSV: all or nothing, every error with its line. */
@NullMarked
package org.lectern.scheduler.importing;

import org.jspecify.annotations.NullMarked;
