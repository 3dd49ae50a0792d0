/** Plans over HTTP: create, read, compare, explain, edit, publish. */
@NullMarked
package org.lectern.scheduler.planning.web;

import org.jspecify.annotations.NullMarked;
