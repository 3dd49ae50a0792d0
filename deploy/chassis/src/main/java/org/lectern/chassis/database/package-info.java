/** Transactions, plain SQL, storable text and the readiness of the database. */
@NullMarked
package org.lectern.chassis.database;

import org.jspecify.annotations.NullMarked;
