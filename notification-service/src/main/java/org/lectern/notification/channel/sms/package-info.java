/** Notices as text messages, through a configurable HTTP gateway. */
@NullMarked
package org.lectern.notification.channel.sms;

import org.jspecify.annotations.NullMarked;
