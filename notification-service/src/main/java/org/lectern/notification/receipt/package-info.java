/** Receipts: the scheduler learns which branches a message has reached. */
@NullMarked
package org.lectern.notification.receipt;

import org.jspecify.annotations.NullMarked;
