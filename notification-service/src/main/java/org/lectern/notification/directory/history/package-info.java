/** The history of endpoints: who changed what, and when, with the states before and after. */
@NullMarked
package org.lectern.notification.directory.history;

import org.jspecify.annotations.NullMarked;
