/** Problem documents (RFC 9457): refusals, and the mapping from errors to answers. */
@NullMarked
package org.lectern.chassis.problem;

import org.jspecify.annotations.NullMarked;
