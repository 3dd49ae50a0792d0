/** Goes on asking, and asks others, when a branch does not say that it knows. */
@NullMarked
package org.lectern.notification.escalation;

import org.jspecify.annotations.NullMarked;
