/** How good and how fast the planner is: generated cities, public routing instances, bounds and other planners. */
@NullMarked
package org.lectern.bench.planning;

import org.jspecify.annotations.NullMarked;
