/** The proof: load, faults, and a checker that finds broken promises in the evidence. */
@NullMarked
package org.lectern.chaos;

import org.jspecify.annotations.NullMarked;
