/** The caller and the caller's permissions. */
@NullMarked
package org.lectern.scheduler.security;

import org.jspecify.annotations.NullMarked;
