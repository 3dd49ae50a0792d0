/** What the description of the API says of every operation alike. */
@NullMarked
package org.lectern.notification.openapi;

import org.jspecify.annotations.NullMarked;
