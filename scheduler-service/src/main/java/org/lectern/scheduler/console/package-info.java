/**
 * The page frame of the organizers' console. The pages are in {@code src/main/resources/web}; data comes by the API.
 */
@NullMarked
package org.lectern.scheduler.console;

import org.jspecify.annotations.NullMarked;
