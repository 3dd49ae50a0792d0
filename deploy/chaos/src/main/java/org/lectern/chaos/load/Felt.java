package org.lectern.chaos.load;

import java.time.Instant;

/**
 * An attempt that a caller without patience would have given up on.
 *
 * @param ended when it had no answer, or a bad one
 */
public record Felt(Instant sent, Instant ended, String what) {}
