/** The circuit breaker of each endpoint: how long nothing is sent to a receiver that fails. */
@NullMarked
package org.lectern.notification.directory.breaker;

import org.jspecify.annotations.NullMarked;
