/** Calendar answers of branches: accepted, tentative, declined, or another time. Organizers see them. */
@NullMarked
package org.lectern.notification.answer;

import org.jspecify.annotations.NullMarked;
