/** The pages of branches: frame, manifest and service worker. They hold no data; the pages ask the APIs. */
@NullMarked
package org.lectern.notification.portal;

import org.jspecify.annotations.NullMarked;
