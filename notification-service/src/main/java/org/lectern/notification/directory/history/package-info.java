/** The history of endpoints: who changed which, when and from what to what. */
@NullMarked
package org.lectern.notification.directory.history;

import org.jspecify.annotations.NullMarked;
