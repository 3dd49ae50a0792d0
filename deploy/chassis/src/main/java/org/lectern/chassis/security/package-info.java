/** Checks on access tokens before their roles count. */
@NullMarked
package org.lectern.chassis.security;

import org.jspecify.annotations.NullMarked;
