package org.lectern.scheduler.acceptance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.booking.BookingView;

/** Whether and until when a lecturer must answer: as the campaign says, else the lecturer's tier, else the default. */
@ApplicationScoped
class AnswerTerms {

    private final AnswerConfig config;
    private final Sql sql;

    @Inject
    AnswerTerms(AnswerConfig config, Sql sql) {
        this.config = config;
        this.sql = sql;
    }

    /** The terms for one booking. */
    record Terms(AnswerPolicy policy, Instant dueAt) {}

    /**
     * The terms of a confirmed booking; empty if its lecturer is not asked. A lecture that has begun needs no answer.
     */
    Optional<Terms> of(BookingView booking, Instant now) {
        Instant start = booking.start().toInstant();
        if (!start.isAfter(now)) {
            return Optional.empty();
        }
        AnswerPolicy policy = config.tiers().getOrDefault(booking.lecturer().tier(), config.policy());
        Duration within = config.within();
        if (booking.campaignId() != null) {
            var campaign = sql.one(
                    "SELECT answer_policy, answer_hours FROM campaign WHERE id = ? AND answer_policy IS NOT NULL",
                    row -> new CampaignTerms(
                            AnswerPolicy.valueOf(row.text("answer_policy")), row.number("answer_hours")),
                    booking.campaignId());
            if (campaign.isPresent()) {
                policy = campaign.get().policy();
                within = campaign.get().hours() == 0
                        ? within
                        : Duration.ofHours(campaign.get().hours());
            }
        }
        return policy == AnswerPolicy.NONE
                ? Optional.empty()
                : Optional.of(new Terms(policy, due(now, start, within, config.beforeStart())));
    }

    private record CampaignTerms(AnswerPolicy policy, int hours) {}

    /** The earlier of both limits. A lecture that is closer than the second has until its start. */
    static Instant due(Instant asked, Instant start, Duration within, Duration beforeStart) {
        Instant limit = start.minus(beforeStart);
        Instant latest = limit.isAfter(asked) ? limit : start;
        Instant soon = asked.plus(within);
        return soon.isBefore(latest) ? soon : latest;
    }
}
