/** Who is calling and what they may see. */
@NullMarked
package org.lectern.scheduler.security;

import org.jspecify.annotations.NullMarked;
