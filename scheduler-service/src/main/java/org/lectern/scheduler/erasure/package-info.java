/** A person asks to be erased. */
@NullMarked
package org.lectern.scheduler.erasure;

import org.jspecify.annotations.NullMarked;
