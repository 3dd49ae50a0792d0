package org.lectern.scheduler.booking.series;

import java.util.List;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;

/** Some occurrences, or all, are impossible, so nothing was booked. Names each with what prevents it. */
final class SeriesRefused extends Refusal {
    SeriesRefused(List<Violation> violations, List<PlannedOccurrence> prevented, int all) {
        super(409, "series-refused", violations, prevented.size(), all);
        member("occurrences", prevented);
    }
}
