/** Delivers notices to endpoints: a queue in the database, leases, attempts and retries. */
@NullMarked
package org.lectern.notification.delivery;

import org.jspecify.annotations.NullMarked;
