package org.lectern.scheduler.campaign;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Where a campaign stands in time: the moment, the day there, and whether its window is over. */
public record Now(Instant at, LocalDate today, boolean over) {

    public static Now of(CampaignView campaign, Clock clock) {
        Instant at = clock.instant();
        LocalDate today = at.atZone(ZoneId.of(campaign.zone())).toLocalDate();
        return new Now(at, today, today.isAfter(campaign.until()));
    }
}
