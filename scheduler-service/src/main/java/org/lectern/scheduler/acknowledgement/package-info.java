/** Acknowledgements by branches, received from the notification service. */
@NullMarked
package org.lectern.scheduler.acknowledgement;

import org.jspecify.annotations.NullMarked;
