/** What is known of a run after it: read from both databases and from Kafka once all is quiet. */
@NullMarked
package org.lectern.chaos.evidence;

import org.jspecify.annotations.NullMarked;
