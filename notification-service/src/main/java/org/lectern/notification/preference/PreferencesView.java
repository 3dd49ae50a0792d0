package org.lectern.notification.preference;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The delivery preferences of a branch. */
@Schema(name = "Preferences", description = "When a branch wants to be told, by the clocks of its zone")
record PreferencesView(
        @Schema(examples = "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0020")
        UUID branchId,

        @Schema(examples = "Asia/Shanghai", description = "The branch's zone, as the scheduler knows it")
        String zone,

        @Schema(description = "What is not urgent waits for their end; webhooks do not. Absent: none") @Nullable
        Hours quietHours,

        @Schema(description = "E-mail that is not urgent comes once a day, as one. Absent: each by itself") @Nullable
        Daily digest,

        @Schema(description = "Whether it wants to be reminded of its lectures", examples = "true")
        boolean reminders,

        @Schema(examples = "1") int version,

        @Schema(description = "Absent while nobody has changed anything") @Nullable
        Instant updatedAt) {

    /** Hours of the day. */
    @Schema(name = "QuietHours")
    record Hours(
            @Schema(examples = "22:00", pattern = "HH:mm", description = "The first minute") @Nullable
            String from,

            @Schema(
                    examples = "07:00",
                    pattern = "HH:mm",
                    description = "The first minute after them; before `from`, they span midnight")
            @Nullable
            String until) {}

    /** Once a day. */
    @Schema(name = "DailyDigest")
    record Daily(
            @Schema(examples = "08:00", pattern = "HH:mm") @Nullable
            String at) {}
}
