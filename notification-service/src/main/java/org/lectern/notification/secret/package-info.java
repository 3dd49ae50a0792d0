/** Encryption of stored secrets: read access to the database alone does not reveal them. */
@NullMarked
package org.lectern.notification.secret;

import org.jspecify.annotations.NullMarked;
