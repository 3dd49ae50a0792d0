/** Tamper-evident record of every change: who, when, what and why. */
@NullMarked
package org.lectern.scheduler.audit;

import org.jspecify.annotations.NullMarked;
