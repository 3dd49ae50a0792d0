/** Packs the files that {@code stage} prepared into container images, without a container engine. */
@NullMarked
package org.lectern.image;

import org.jspecify.annotations.NullMarked;
