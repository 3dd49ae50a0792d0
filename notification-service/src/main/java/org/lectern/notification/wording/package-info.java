/** The words of an organisation in place of our own, checked before anything is told in them. */
@NullMarked
package org.lectern.notification.wording;

import org.jspecify.annotations.NullMarked;
