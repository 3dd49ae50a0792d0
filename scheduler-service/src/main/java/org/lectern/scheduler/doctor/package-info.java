/** Entry point of the service, and the check of its dependencies. */
@NullMarked
package org.lectern.scheduler.doctor;

import org.jspecify.annotations.NullMarked;
