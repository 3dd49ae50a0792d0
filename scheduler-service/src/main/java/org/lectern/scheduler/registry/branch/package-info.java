/** Who is visited: a tree, and the measure of what a branch may see. */
@NullMarked
package org.lectern.scheduler.registry.branch;

import org.jspecify.annotations.NullMarked;
