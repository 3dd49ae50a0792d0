/** Brings notices to endpoints: a queue in the database, leases, attempts, and when to try again. */
@NullMarked
package org.lectern.notification.delivery;

import org.jspecify.annotations.NullMarked;
