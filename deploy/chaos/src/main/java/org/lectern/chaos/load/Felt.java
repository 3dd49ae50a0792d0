package org.lectern.chaos.load;

import java.time.Instant;

/**
 * A failed attempt, as a caller without retries would see it.
 *
 * @param ended when the attempt failed
 */
public record Felt(Instant sent, Instant ended, String what) {}
