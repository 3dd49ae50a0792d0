package org.lectern.notification.notice;

import java.time.Instant;
import java.util.UUID;

/**
 * A day sheet in a lecturer's inbox.
 *
 * @param sheet names lecturer and day
 * @param worthUntil the start of the last lecture
 */
public record DaySheetNotice(UUID id, UUID lecturerId, UUID sheet, long sequence, Instant worthUntil) {}
