package org.lectern.scheduler.campaign.suggestion;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.ConflictingBooking;
import org.lectern.scheduler.booking.RuleViolation;

/** Some suggestions are no longer possible, so none was booked. Names each with its conflicts and broken rules. */
final class SuggestionsRefused extends Refusal {

    /** One impossible suggestion. */
    @Schema(name = "CampaignSuggestionRefused")
    record Refused(
            int index, List<ConflictingBooking> conflicts, List<RuleViolation> rules, List<RuleViolation> violations) {}

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
