/** Notices as Web Push messages to the browsers of people who agreed. */
@NullMarked
package org.lectern.notification.channel.webpush;

import org.jspecify.annotations.NullMarked;
