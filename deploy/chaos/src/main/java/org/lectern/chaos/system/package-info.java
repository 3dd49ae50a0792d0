/** The addresses of the system under test. */
@NullMarked
package org.lectern.chaos.system;

import org.jspecify.annotations.NullMarked;
