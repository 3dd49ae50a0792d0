/**
 * The proof that bookings never clash: random changes by many at once, and a judge that reads only their history and
 * knows nothing of the code and the constraints that are on trial.
 */
package org.lectern.scheduler.proof;
