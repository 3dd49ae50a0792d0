/** An organisation's overrides of texts, validated at startup. */
@NullMarked
package org.lectern.notification.wording;

import org.jspecify.annotations.NullMarked;
