/** Lists a caller can walk through: stable order, opaque cursors. */
@NullMarked
package org.lectern.scheduler.page;

import org.jspecify.annotations.NullMarked;
