/** Confirmation of e-mail addresses by their owners: the message, and the page behind its link. */
@NullMarked
package org.lectern.notification.confirmation;

import org.jspecify.annotations.NullMarked;
