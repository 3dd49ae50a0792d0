package org.lectern.scheduler.booking.batch;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** This caller has no such preview: it never existed, was applied or has expired. */
final class PreviewGone extends Refusal {
    PreviewGone() {
        super(409, "preview-gone", List.of());
    }
}
