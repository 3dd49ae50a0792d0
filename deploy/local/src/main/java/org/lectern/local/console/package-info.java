/** The lines a person reads at the terminal. */
@NullMarked
package org.lectern.local.console;

import org.jspecify.annotations.NullMarked;
