/** Reminds branches of lectures that come near, by what they were told last. */
@NullMarked
package org.lectern.notification.reminder;

import org.jspecify.annotations.NullMarked;
