/** Where the system under test is. */
@NullMarked
package org.lectern.chaos.system;

import org.jspecify.annotations.NullMarked;
