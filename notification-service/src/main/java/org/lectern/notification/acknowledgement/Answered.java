package org.lectern.notification.acknowledgement;

import java.util.UUID;

/** A branch answered a notice without acknowledging it, in the running transaction: it need not be asked again. */
public record Answered(UUID noticeId) {}
