/** Why organizers change something: codes to count by, beside free text. */
@NullMarked
package org.lectern.scheduler.reason;

import org.jspecify.annotations.NullMarked;
