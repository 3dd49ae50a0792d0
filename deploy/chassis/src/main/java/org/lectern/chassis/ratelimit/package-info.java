/** Limits the requests per caller, so that no caller can starve the others. */
@NullMarked
package org.lectern.chassis.ratelimit;

import org.jspecify.annotations.NullMarked;
