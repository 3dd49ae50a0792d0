/** What is lectured. */
@NullMarked
package org.lectern.scheduler.topic;

import org.jspecify.annotations.NullMarked;
