/** A person asks to be erased. */
@NullMarked
package org.lectern.notification.erasure;

import org.jspecify.annotations.NullMarked;
