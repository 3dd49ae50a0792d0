/** Faults: how each is injected and recovered from, and the plan of a run. */
@NullMarked
package org.lectern.chaos.fault;

import org.jspecify.annotations.NullMarked;
