/** The cluster of processes that faults are injected into, and the receivers outside it. */
@NullMarked
package org.lectern.chaos.cluster;

import org.jspecify.annotations.NullMarked;
