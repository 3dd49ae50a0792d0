/** What lecturers answer: organizers are notified of declines and silence, and lecturers answer by a link. */
@NullMarked
package org.lectern.notification.acceptance;

import org.jspecify.annotations.NullMarked;
