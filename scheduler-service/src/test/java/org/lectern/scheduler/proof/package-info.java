/**
 * The proof that bookings never conflict: random concurrent changes, and a judge that reads only their history and does
 * not depend on the code and constraints under test.
 */
package org.lectern.scheduler.proof;
