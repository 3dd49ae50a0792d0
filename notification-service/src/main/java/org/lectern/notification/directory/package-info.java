/** The branches as the scheduler describes them, their visibility, and their endpoints. */
@NullMarked
package org.lectern.notification.directory;

import org.jspecify.annotations.NullMarked;
