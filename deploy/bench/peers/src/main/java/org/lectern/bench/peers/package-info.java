/** Other planners on the instances of the planning benchmark. */
@NullMarked
package org.lectern.bench.peers;

import org.jspecify.annotations.NullMarked;
