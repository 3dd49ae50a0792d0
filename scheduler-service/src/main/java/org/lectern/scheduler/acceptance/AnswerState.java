package org.lectern.scheduler.acceptance;

/** The state as it is stored: {@code LecturerAnswer.State}, and whether the question is over. */
enum AnswerState {
    PENDING,
    ACCEPTED,
    DECLINED,
    CONSENTED,
    OVERDUE,
    /** The lecture was cancelled or held, or the lecturer need not answer any more. */
    CLOSED
}
