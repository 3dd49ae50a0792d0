/** How operations are taken out of use: announced, then gone. */
@NullMarked
package org.lectern.scheduler.deprecation;

import org.jspecify.annotations.NullMarked;
