/** The circuit breaker of each endpoint: it pauses deliveries to a failing receiver. */
@NullMarked
package org.lectern.notification.directory.breaker;

import org.jspecify.annotations.NullMarked;
