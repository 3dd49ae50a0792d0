/** The start of the service, and the diagnosis when it fails. */
@NullMarked
package org.lectern.notification.doctor;

import org.jspecify.annotations.NullMarked;
