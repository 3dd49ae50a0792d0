/** One idempotency key, one effect. */
@NullMarked
package org.lectern.scheduler.idempotency;

import org.jspecify.annotations.NullMarked;
