/** Completes the API description at build time and loads it on first access. */
@NullMarked
package org.lectern.chassis.openapi;

import org.jspecify.annotations.NullMarked;
