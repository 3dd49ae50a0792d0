package org.lectern.notification.delivery.log;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The number of deliveries per channel and state. */
@Schema(name = "DeliveryCounts", description = "Counts; `total` is the sum of the channels' totals")
record DeliveryCounts(
        @Schema(description = "Matching notices, delivered or not", examples = "1000")
        int notices,

        @Schema(examples = "2000") int total,
        List<OfChannel> channels) {

    /** The counts of one channel. */
    @Schema(name = "DeliveryCountsOfChannel", description = "`total` is the sum of the other numbers")
    record OfChannel(
            @Schema(examples = "email") String channel,
            @Schema(examples = "1000") int total,
            @Schema(examples = "3") int waiting,
            @Schema(examples = "990") int delivered,
            @Schema(examples = "4") int parked,
            @Schema(examples = "2") int dead,
            @Schema(examples = "1") int superseded) {}
}
