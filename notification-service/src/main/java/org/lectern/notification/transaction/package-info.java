/** Units of work: repeated when the database asks for it, plain SQL within them, and what follows their commit. */
@NullMarked
package org.lectern.notification.transaction;

import org.jspecify.annotations.NullMarked;
