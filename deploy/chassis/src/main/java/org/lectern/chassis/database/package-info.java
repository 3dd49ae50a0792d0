/** Transactions and plain SQL; which text PostgreSQL stores; whether the database answers. */
@NullMarked
package org.lectern.chassis.database;

import org.jspecify.annotations.NullMarked;
