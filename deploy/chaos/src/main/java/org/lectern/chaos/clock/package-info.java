/** A Java agent that shifts the wall clock of a process. It runs inside the services and needs only the JDK. */
@NullMarked
package org.lectern.chaos.clock;

import org.jspecify.annotations.NullMarked;
