/** Keeps a production start from running with what is only fit for development. */
@NullMarked
package org.lectern.notification.production;

import org.jspecify.annotations.NullMarked;
