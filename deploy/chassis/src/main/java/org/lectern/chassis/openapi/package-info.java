/** Completes the description of the API at build time, and reads it when it is first asked for instead of at every start. */
@NullMarked
package org.lectern.chassis.openapi;

import org.jspecify.annotations.NullMarked;
