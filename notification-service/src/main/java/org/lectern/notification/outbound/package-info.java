/** Outbound HTTP to addresses that users entered, with protection against server-side request forgery. */
@NullMarked
package org.lectern.notification.outbound;

import org.jspecify.annotations.NullMarked;
