/** What probes are told. */
@NullMarked
package org.lectern.scheduler.health;

import org.jspecify.annotations.NullMarked;
