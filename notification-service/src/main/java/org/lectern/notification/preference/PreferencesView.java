package org.lectern.notification.preference;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The delivery preferences of a recipient. */
@Schema(name = "Preferences", description = "Delivery preferences of a branch or a lecturer, in local time of its zone")
record PreferencesView(
        @Schema(examples = "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0020", description = "The branch; absent for a lecturer")
        @Nullable
        UUID branchId,

        @Schema(description = "The lecturer; absent for a branch") @Nullable
        UUID lecturerId,

        @Schema(examples = "Asia/Shanghai", description = "The recipient's zone from the scheduler")
        String zone,

        @Schema(
                description = "Notices that are not urgent wait until the quiet hours end, except on webhooks. "
                        + "Absent: none")
        @Nullable
        Hours quietHours,

        @Schema(description = "E-mail that is not urgent is sent once a day as one message. Absent: one message each")
        @Nullable
        Daily digest,

        @Schema(description = "Whether it gets reminders of its lectures", examples = "true")
        boolean reminders,

        @Schema(examples = "1") int version,

        @Schema(description = "Absent before the first change") @Nullable
        Instant updatedAt) {

    /** Hours of the day. */
    @Schema(name = "QuietHours")
    record Hours(
            @Schema(examples = "22:00", pattern = "HH:mm", description = "The first minute") @Nullable
            String from,

            @Schema(
                    examples = "07:00",
                    pattern = "HH:mm",
                    description = "The first minute after the quiet hours; before `from`, they span midnight")
            @Nullable
            String until) {}

    /** Once a day. */
    @Schema(name = "DailyDigest")
    record Daily(
            @Schema(examples = "08:00", pattern = "HH:mm") @Nullable
            String at) {}
}
