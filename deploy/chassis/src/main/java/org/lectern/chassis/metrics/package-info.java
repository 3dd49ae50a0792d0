/** Request times with a bounded set of labels. */
@NullMarked
package org.lectern.chassis.metrics;

import org.jspecify.annotations.NullMarked;
