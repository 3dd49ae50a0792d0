/** Problem documents (RFC 9457): refusals, and the one place where an error becomes an answer. */
@NullMarked
package org.lectern.chassis.problem;

import org.jspecify.annotations.NullMarked;
