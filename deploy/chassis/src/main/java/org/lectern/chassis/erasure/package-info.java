/** Erases a person's address or telephone number from every text in the database. */
@NullMarked
package org.lectern.chassis.erasure;

import org.jspecify.annotations.NullMarked;
