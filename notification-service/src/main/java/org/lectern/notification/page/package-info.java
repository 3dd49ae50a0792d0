/** Lists a caller can walk through: stable order, opaque cursors. */
@NullMarked
package org.lectern.notification.page;

import org.jspecify.annotations.NullMarked;
