/** CSV files: read with an error per line and column, written page by page. */
@NullMarked
package org.lectern.scheduler.csv;

import org.jspecify.annotations.NullMarked;
