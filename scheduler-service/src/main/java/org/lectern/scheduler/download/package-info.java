/** Files for download: validators, so that a caller who has a file need not get it again. */
@NullMarked
package org.lectern.scheduler.download;

import org.jspecify.annotations.NullMarked;
