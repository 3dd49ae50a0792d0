/** Notices as text messages, through whatever HTTP gateway is configured. */
@NullMarked
package org.lectern.notification.channel.sms;

import org.jspecify.annotations.NullMarked;
