/** Secrets of others, kept encrypted: nobody who reads the database alone can use them. */
@NullMarked
package org.lectern.notification.secret;

import org.jspecify.annotations.NullMarked;
