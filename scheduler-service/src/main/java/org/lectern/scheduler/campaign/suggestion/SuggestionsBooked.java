package org.lectern.scheduler.campaign.suggestion;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.booking.BookingView;

/** The result, or the preview, of booking suggestions. */
@Schema(name = "CampaignSuggestionsBooked")
record SuggestionsBooked(
        @Schema(description = "Whether this is a dry run: nothing was booked")
        boolean dryRun,

        @Schema(examples = "5") int booked,

        List<BookingView> items) {}
