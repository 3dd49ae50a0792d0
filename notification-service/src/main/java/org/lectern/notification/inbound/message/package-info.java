/** Parses inbound messages. Pure functions: octets in, a result out, also for hostile input. */
@NullMarked
package org.lectern.notification.inbound.message;

import org.jspecify.annotations.NullMarked;
