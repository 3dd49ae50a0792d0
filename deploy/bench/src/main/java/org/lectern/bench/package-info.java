/** Benchmarks of the built services over real engines. */
@NullMarked
package org.lectern.bench;

import org.jspecify.annotations.NullMarked;
