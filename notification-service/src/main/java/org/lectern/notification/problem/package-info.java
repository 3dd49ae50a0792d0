/** Refusals and faults as RFC 9457 problem documents, in the caller's language. */
@NullMarked
package org.lectern.notification.problem;

import org.jspecify.annotations.NullMarked;
