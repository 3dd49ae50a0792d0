package org.lectern.notification.acknowledgement;

import java.util.UUID;

/** A branch acknowledged a notice. Fired within the running transaction. */
public record Acknowledged(UUID noticeId) {}
