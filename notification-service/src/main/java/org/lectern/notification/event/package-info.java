/** The scheduler's events: this service's own records, read from the contract's JSON. */
@NullMarked
package org.lectern.notification.event;

import org.jspecify.annotations.NullMarked;
