/** Who is calling and what they may see. */
@NullMarked
package org.lectern.notification.security;

import org.jspecify.annotations.NullMarked;
