/** Branches rate the lectures that they had. */
@NullMarked
package org.lectern.scheduler.rating;

import org.jspecify.annotations.NullMarked;
