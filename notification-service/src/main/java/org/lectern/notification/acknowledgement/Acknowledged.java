package org.lectern.notification.acknowledgement;

import java.util.UUID;

/** A notice was acknowledged, in the running transaction. */
public record Acknowledged(UUID noticeId) {}
