/** Which branches a message has reached, told to the scheduler. */
@NullMarked
package org.lectern.notification.told;

import org.jspecify.annotations.NullMarked;
