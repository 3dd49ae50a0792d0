/** Puts what {@code stage} has laid out into container images, without a container engine. */
@NullMarked
package org.lectern.image;

import org.jspecify.annotations.NullMarked;
