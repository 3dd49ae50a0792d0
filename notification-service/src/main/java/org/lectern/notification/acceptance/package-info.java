/** Lecturers accept or decline by a link. */
@NullMarked
package org.lectern.notification.acceptance;

import org.jspecify.annotations.NullMarked;
