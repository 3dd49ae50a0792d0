/** How the service is started; and what is wrong when it cannot be. */
@NullMarked
package org.lectern.scheduler.doctor;

import org.jspecify.annotations.NullMarked;
