/** The scheduler's events as this service understands them: records of its own, read from the contract's JSON. */
@NullMarked
package org.lectern.notification.event;

import org.jspecify.annotations.NullMarked;
