/**
 * Consumes booking events and alerts branches.
 *
 * <p>One package, one capability: {@code intake} takes events from Kafka, {@code directory} knows the branches and
 * where they are reached, {@code notice} says what a branch is told, {@code delivery} brings it there through
 * {@code channel}; the rest serves them.
 */
@NullMarked
package org.lectern.notification;

import org.jspecify.annotations.NullMarked;
