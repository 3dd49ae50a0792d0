/** Text from people: one cleaning for every way in. */
@NullMarked
package org.lectern.chassis.text;

import org.jspecify.annotations.NullMarked;
