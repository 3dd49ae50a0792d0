/** Scheduling helpers: windows for due items and polling jobs. */
@NullMarked
package org.lectern.notification.time;

import org.jspecify.annotations.NullMarked;
