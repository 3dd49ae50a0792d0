/** Pages that people open by a link in a message, without a login. */
@NullMarked
package org.lectern.notification.page;

import org.jspecify.annotations.NullMarked;
