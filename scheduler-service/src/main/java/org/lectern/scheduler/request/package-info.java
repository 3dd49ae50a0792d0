/** Lecture requests: what branches ask for, and how they are answered. */
@NullMarked
package org.lectern.scheduler.request;

import org.jspecify.annotations.NullMarked;
