package org.lectern.scheduler.acceptance;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether a lecturer must accept a lecture. */
@Schema(name = "LecturerAnswerPolicy")
public enum AnswerPolicy {
    /** Lecturers are not asked. */
    NONE,
    /** A lecturer may decline; silence counts as consent. */
    SILENT_CONSENT,
    /** A lecturer must accept; silence is escalated. */
    REQUIRED
}
