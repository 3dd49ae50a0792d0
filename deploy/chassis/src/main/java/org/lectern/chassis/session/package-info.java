/** A login in a browser becomes a bearer token here. No other code reads cookies. */
@NullMarked
package org.lectern.chassis.session;

import org.jspecify.annotations.NullMarked;
