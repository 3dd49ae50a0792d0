/** Times of requests by a bounded set of labels. */
@NullMarked
package org.lectern.chassis.metrics;

import org.jspecify.annotations.NullMarked;
