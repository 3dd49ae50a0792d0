/** The general part of the API description. */
@NullMarked
package org.lectern.notification.openapi;

import org.jspecify.annotations.NullMarked;
