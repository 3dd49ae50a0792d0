package org.lectern.scheduler.campaign;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The time position of a campaign: the instant, the local date, and whether its window is over. */
public record CampaignClock(Instant at, LocalDate today, boolean over) {

    public static CampaignClock of(CampaignView campaign, Clock clock) {
        Instant at = clock.instant();
        LocalDate today = at.atZone(ZoneId.of(campaign.zone())).toLocalDate();
        return new CampaignClock(at, today, today.isAfter(campaign.until()));
    }
}
