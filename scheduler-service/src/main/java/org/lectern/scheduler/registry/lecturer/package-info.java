/** Lecturers; the only package with their contact data. */
@NullMarked
package org.lectern.scheduler.registry.lecturer;

import org.jspecify.annotations.NullMarked;
