package org.lectern.scheduler.campaign.suggestion;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.Finding;
import org.lectern.scheduler.booking.Neighbour;

/** Some suggestions are no longer possible, so none was booked. Names each with its conflicts and broken rules. */
final class SuggestionsRefused extends Refusal {

    /** One impossible suggestion. */
    @Schema(name = "CampaignSuggestionRefused")
    record Refused(int index, List<Neighbour> neighbours, List<Finding> rules, List<Finding> violations) {}

    SuggestionsRefused(List<Refused> refused, int all) {
        super(
                409,
                "suggestions-refused",
                refused.stream()
                        .map(each -> new Violation("/items/" + each.index(), "suggestion.gone"))
                        .toList(),
                refused.size(),
                all);
        member("refused", refused);
    }
}
