/** When lecturers and venues can be had: windows, limits, opening hours, and the search for whoever is free. */
@NullMarked
package org.lectern.scheduler.availability;

import org.jspecify.annotations.NullMarked;
