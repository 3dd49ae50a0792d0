/** What lecturers read about themselves. */
@NullMarked
package org.lectern.scheduler.portal;

import org.jspecify.annotations.NullMarked;
