package org.lectern.scheduler.importing;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** Rows have errors, so nothing was stored. */
public final class ImportRefused extends Refusal {
    ImportRefused(List<RowError> errors, int found) {
        super(422, "import-refused", List.of(), found, errors.size());
        member("errorCount", found);
        member("rowErrors", errors);
    }
}
