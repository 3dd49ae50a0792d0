/** Receipts: which branches a message has reached, published to the scheduler. */
@NullMarked
package org.lectern.notification.receipt;

import org.jspecify.annotations.NullMarked;
