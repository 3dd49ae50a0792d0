package org.lectern.chaos.load;

import java.util.UUID;

/** A branch acknowledged a version of a booking. */
public record Acknowledged(UUID booking, UUID branch, int version) {}
