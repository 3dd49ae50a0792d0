/** What is registered once and referred to by code: lecturers, branches, venues and topics. */
@NullMarked
package org.lectern.scheduler.registry;

import org.jspecify.annotations.NullMarked;
