/** Faults: injection and recovery of each, and the plan of a run. */
@NullMarked
package org.lectern.chaos.fault;

import org.jspecify.annotations.NullMarked;
