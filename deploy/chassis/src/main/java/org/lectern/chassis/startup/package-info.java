/** What must be true before a service starts. */
@NullMarked
package org.lectern.chassis.startup;

import org.jspecify.annotations.NullMarked;
