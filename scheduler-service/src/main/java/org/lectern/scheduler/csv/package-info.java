/** CSV files: import with an error per line and column, export page by page. */
@NullMarked
package org.lectern.scheduler.csv;

import org.jspecify.annotations.NullMarked;
