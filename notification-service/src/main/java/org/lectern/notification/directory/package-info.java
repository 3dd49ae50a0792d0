/** The branches as the scheduler describes them, who may see which, and where each is reached. */
@NullMarked
package org.lectern.notification.directory;

import org.jspecify.annotations.NullMarked;
