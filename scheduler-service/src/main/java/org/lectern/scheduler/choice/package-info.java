/** What organizers choose from: lists that an organization configures. */
@NullMarked
package org.lectern.scheduler.choice;

import org.jspecify.annotations.NullMarked;
