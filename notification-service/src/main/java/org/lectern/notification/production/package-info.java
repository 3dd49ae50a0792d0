/** Production rules: prevent a production start with development settings. */
@NullMarked
package org.lectern.notification.production;

import org.jspecify.annotations.NullMarked;
