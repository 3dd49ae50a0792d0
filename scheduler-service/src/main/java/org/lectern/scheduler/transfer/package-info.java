/** Moves the coming bookings and the open requests of one branch to another, for instance when branches merge. */
@NullMarked
package org.lectern.scheduler.transfer;

import org.jspecify.annotations.NullMarked;
