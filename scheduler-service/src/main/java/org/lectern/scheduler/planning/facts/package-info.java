/** From PostgreSQL to the search and back: what a campaign still needs, who could give it, where and when. */
@NullMarked
package org.lectern.scheduler.planning.facts;

import org.jspecify.annotations.NullMarked;
