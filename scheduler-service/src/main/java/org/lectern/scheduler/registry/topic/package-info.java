/** Topics of lectures. */
@NullMarked
package org.lectern.scheduler.registry.topic;

import org.jspecify.annotations.NullMarked;
