/** What the mail catcher caught: kept in memory, read in a browser or as JSON. */
@NullMarked
package org.lectern.local.mailbox;

import org.jspecify.annotations.NullMarked;
