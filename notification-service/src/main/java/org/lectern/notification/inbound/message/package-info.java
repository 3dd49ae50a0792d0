/** Reads messages that come back. Pure: octets in, a result out; hostile input ends in a result too. */
@NullMarked
package org.lectern.notification.inbound.message;

import org.jspecify.annotations.NullMarked;
