/** What probes are told. */
@NullMarked
package org.lectern.notification.health;

import org.jspecify.annotations.NullMarked;
