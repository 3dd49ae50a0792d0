/** The link in a message by which a branch acknowledges it: no login, one tap, on the plainest phone. */
@NullMarked
package org.lectern.notification.link;

import org.jspecify.annotations.NullMarked;
