/** What is measured beyond what Quarkus measures by itself. */
@NullMarked
package org.lectern.notification.measure;

import org.jspecify.annotations.NullMarked;
