/** The callers, organizers and branches, and the history of their calls. */
@NullMarked
package org.lectern.chaos.load;

import org.jspecify.annotations.NullMarked;
