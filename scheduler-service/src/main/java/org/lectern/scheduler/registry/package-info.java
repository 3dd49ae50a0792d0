/** Registries of lecturers, branches, venues and topics, referenced by code. */
@NullMarked
package org.lectern.scheduler.registry;

import org.jspecify.annotations.NullMarked;
