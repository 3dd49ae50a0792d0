/** Bounds how much one caller may ask for, so that none can take the service from the others. */
@NullMarked
package org.lectern.chassis.ratelimit;

import org.jspecify.annotations.NullMarked;
