/** Tests of what the chassis promises; each service runs them by subclasses. Support of service tests. */
package org.lectern.testing;
