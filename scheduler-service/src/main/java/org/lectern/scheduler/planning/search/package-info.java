/**
 * Vehicle routing for lectures: a large-neighbourhood search over lecturers' days, its model, an independent checker
 * and explanations found by trying. Knows no database, clock or HTTP; equal input gives an equal plan.
 */
@NullMarked
package org.lectern.scheduler.planning.search;

import org.jspecify.annotations.NullMarked;
