/** How much one caller may ask of a process. */
@NullMarked
package org.lectern.notification.traffic;

import org.jspecify.annotations.NullMarked;
