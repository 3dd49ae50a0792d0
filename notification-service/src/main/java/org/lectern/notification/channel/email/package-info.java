/** Notices by e-mail, over SMTP. */
@NullMarked
package org.lectern.notification.channel.email;

import org.jspecify.annotations.NullMarked;
