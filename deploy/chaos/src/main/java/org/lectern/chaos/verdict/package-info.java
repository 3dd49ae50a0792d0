/** The evidence of a run, and which promises it shows broken. */
@NullMarked
package org.lectern.chaos.verdict;

import org.jspecify.annotations.NullMarked;
