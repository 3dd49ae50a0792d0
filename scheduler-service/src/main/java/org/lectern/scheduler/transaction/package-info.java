/** Units of work that are repeated when the database asks for it. */
@NullMarked
package org.lectern.scheduler.transaction;

import org.jspecify.annotations.NullMarked;
