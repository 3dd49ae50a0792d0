/** The evidence of a run, read from both databases and from Kafka once all is quiet. */
@NullMarked
package org.lectern.chaos.evidence;

import org.jspecify.annotations.NullMarked;
