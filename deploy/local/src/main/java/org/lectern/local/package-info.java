/** PostgreSQL, Kafka, identity and mail without Docker, for the local product and for the tests of both services. */
@NullMarked
package org.lectern.local;

import org.jspecify.annotations.NullMarked;
