package org.lectern.scheduler.campaign.suggestion;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.booking.BookingView;

/** The result, or the preview, of booking suggestions. */
@Schema(name = "CampaignSuggestionsBooked")
record SuggestionsBooked(
        @Schema(description = "Whether nothing was booked and this only shows what would be")
        boolean dryRun,

        @Schema(examples = "5") int booked,

        List<BookingView> items) {}
