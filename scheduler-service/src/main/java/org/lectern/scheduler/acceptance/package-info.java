/** Lecturers accept or decline their lectures. */
@NullMarked
package org.lectern.scheduler.acceptance;

import org.jspecify.annotations.NullMarked;
