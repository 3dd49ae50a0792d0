/** The owner of an e-mail address confirms that a branch may use it: a message that asks, and the page behind its link. */
@NullMarked
package org.lectern.notification.confirmation;

import org.jspecify.annotations.NullMarked;
