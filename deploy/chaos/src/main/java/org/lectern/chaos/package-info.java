/** The proof: load, faults, and a checker that says from the evidence whether Lectern kept its promises. */
@NullMarked
package org.lectern.chaos;

import org.jspecify.annotations.NullMarked;
