package org.lectern.scheduler.importing;

import java.util.List;
import org.lectern.scheduler.problem.Refusal;

/** Rows have errors, so nothing was stored. */
public final class ImportRefused extends Refusal {
    ImportRefused(List<RowError> errors) {
        super(422, "import-refused", List.of(), errors.size());
        member("rowErrors", errors);
    }
}
