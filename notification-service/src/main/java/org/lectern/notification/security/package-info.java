/** The caller of a request and the caller's permissions. */
@NullMarked
package org.lectern.notification.security;

import org.jspecify.annotations.NullMarked;
