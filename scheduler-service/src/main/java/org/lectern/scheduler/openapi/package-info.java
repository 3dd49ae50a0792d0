/** What every operation of the API has in common, added to its description in one place. */
@NullMarked
package org.lectern.scheduler.openapi;

import org.jspecify.annotations.NullMarked;
