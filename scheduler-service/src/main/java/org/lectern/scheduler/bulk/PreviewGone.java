package org.lectern.scheduler.bulk;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** There is no such preview of this caller: it never was, was applied, or its time is over. */
final class PreviewGone extends Refusal {
    PreviewGone() {
        super(409, "preview-gone", List.of());
    }
}
