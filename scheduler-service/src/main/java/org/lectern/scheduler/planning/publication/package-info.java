/** Books a plan: holds every slot in small transactions, then confirms all holds. No branch is notified before. */
@NullMarked
package org.lectern.scheduler.planning.publication;

import org.jspecify.annotations.NullMarked;
