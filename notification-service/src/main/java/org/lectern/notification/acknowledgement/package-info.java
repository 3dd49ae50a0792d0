/** Acknowledgements: branches confirm notices of lectures and of changes. */
@NullMarked
package org.lectern.notification.acknowledgement;

import org.jspecify.annotations.NullMarked;
