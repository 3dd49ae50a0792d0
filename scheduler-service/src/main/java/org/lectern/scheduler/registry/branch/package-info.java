/** Branches: a tree that also defines the scope of branch callers. */
@NullMarked
package org.lectern.scheduler.registry.branch;

import org.jspecify.annotations.NullMarked;
