/** The description of the API is made when it is first asked for, not at every start. */
@NullMarked
package org.lectern.chassis.openapi;

import org.jspecify.annotations.NullMarked;
