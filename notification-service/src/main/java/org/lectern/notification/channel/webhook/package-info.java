/** Notices as signed HTTP requests to a branch's own system (Standard Webhooks). */
@NullMarked
package org.lectern.notification.channel.webhook;

import org.jspecify.annotations.NullMarked;
