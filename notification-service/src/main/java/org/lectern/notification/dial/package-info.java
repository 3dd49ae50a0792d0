/** Calls strangers whose addresses people have entered, and nobody within our own network. */
@NullMarked
package org.lectern.notification.dial;

import org.jspecify.annotations.NullMarked;
