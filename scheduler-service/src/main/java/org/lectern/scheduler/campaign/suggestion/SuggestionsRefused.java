package org.lectern.scheduler.campaign.suggestion;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.Finding;
import org.lectern.scheduler.booking.Neighbour;

/** Some of the suggestions can no longer be: none was booked. Names each and what is in its way. */
final class SuggestionsRefused extends Refusal {

    /** One of them. */
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
