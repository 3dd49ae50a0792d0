/** The schema of the database that this service works on. */
@NullMarked
package org.lectern.notification.schema;

import org.jspecify.annotations.NullMarked;
