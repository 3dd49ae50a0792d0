/** TCP proxies that fail as networks do, for tests and for the chaos runs. */
@NullMarked
package org.lectern.local.proxy;

import org.jspecify.annotations.NullMarked;
