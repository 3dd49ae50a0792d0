/**
 * The fictional city: its registries and bookings, loaded over the public API, and the demonstration of one booking.
 */
@NullMarked
package org.lectern.local.demo;

import org.jspecify.annotations.NullMarked;
