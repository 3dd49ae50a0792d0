/** Acknowledgement links in messages: no login, one tap, on any phone. */
@NullMarked
package org.lectern.notification.link;

import org.jspecify.annotations.NullMarked;
