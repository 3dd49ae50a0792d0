/** Notices as messages of group robots: WeCom, DingTalk, Feishu. */
@NullMarked
package org.lectern.notification.channel.chat;

import org.jspecify.annotations.NullMarked;
