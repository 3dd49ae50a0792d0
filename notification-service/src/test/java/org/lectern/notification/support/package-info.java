/** Shared parts of the tests: the backing stack, a producer, a mail server, tokens. */
@NullMarked
package org.lectern.notification.support;

import org.jspecify.annotations.NullMarked;
