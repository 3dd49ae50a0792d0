/** Who is visited: a tree, and the measure of what a branch may see. */
@NullMarked
package org.lectern.scheduler.branch;

import org.jspecify.annotations.NullMarked;
