/** What a branch is told about one version of one booking: written once, numbered without gaps, kept in its inbox. */
@NullMarked
package org.lectern.notification.notice;

import org.jspecify.annotations.NullMarked;
