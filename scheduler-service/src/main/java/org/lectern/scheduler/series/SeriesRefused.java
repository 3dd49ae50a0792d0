package org.lectern.scheduler.series;

import java.util.List;
import org.lectern.chassis.problem.Flaw;
import org.lectern.chassis.problem.Refusal;

/** Some occurrences of the series cannot be, or none can: nothing was booked. Names each and what is in its way. */
final class SeriesRefused extends Refusal {
    SeriesRefused(List<Flaw> flaws, List<PlannedOccurrence> prevented, int all) {
        super(409, "series-refused", flaws, prevented.size(), all);
        member("occurrences", prevented);
    }
}
