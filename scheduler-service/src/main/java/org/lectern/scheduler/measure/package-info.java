/** What is measured beyond what Quarkus measures by itself. */
@NullMarked
package org.lectern.scheduler.measure;

import org.jspecify.annotations.NullMarked;
