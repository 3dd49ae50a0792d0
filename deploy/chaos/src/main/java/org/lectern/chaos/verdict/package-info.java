/** Finds broken promises in the evidence of a run. */
@NullMarked
package org.lectern.chaos.verdict;

import org.jspecify.annotations.NullMarked;
