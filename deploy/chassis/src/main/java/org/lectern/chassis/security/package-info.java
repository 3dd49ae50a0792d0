/** Access tokens: what is demanded of one before a role counts. */
@NullMarked
package org.lectern.chassis.security;

import org.jspecify.annotations.NullMarked;
