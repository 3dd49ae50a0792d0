package org.lectern.notification.acknowledgement;

import java.util.UUID;

/**
 * A branch answered a notice without acknowledging it. No reminder to acknowledge is needed. Fired within the running
 * transaction.
 */
public record Answered(UUID noticeId) {}
