/** The imagined city: its registries and bookings, loaded over the public API, and the show of one booking's journey. */
@NullMarked
package org.lectern.local.demo;

import org.jspecify.annotations.NullMarked;
