/** Review of quarantined events: operators read, replay, skip or discard them. */
@NullMarked
package org.lectern.notification.intake.review;

import org.jspecify.annotations.NullMarked;
