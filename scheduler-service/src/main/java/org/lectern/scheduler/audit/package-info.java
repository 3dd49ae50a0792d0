/** Who changed what, when, from what to what and why; kept so that tampering shows. */
@NullMarked
package org.lectern.scheduler.audit;

import org.jspecify.annotations.NullMarked;
