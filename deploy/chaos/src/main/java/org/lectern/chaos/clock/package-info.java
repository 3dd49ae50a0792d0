/** A Java agent that lets the wall clock of a process be wrong. It runs inside the services and needs nothing but the JDK. */
@NullMarked
package org.lectern.chaos.clock;

import org.jspecify.annotations.NullMarked;
