package org.lectern.notification.preference;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Violation;

/** The complete new preferences of a branch. */
@Schema(name = "PreferencesChange", requiredProperties = "reminders")
record PreferencesChange(
        @Schema(description = "By default none") PreferencesView.@Nullable Hours quietHours,

        @Schema(description = "By default one message each") PreferencesView.@Nullable Daily digest,

        @Schema(examples = "true") @Nullable Boolean reminders) {

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    /** The validated values. */
    record Accepted(
            @Nullable LocalTime quietFrom,
            @Nullable LocalTime quietUntil,
            @Nullable LocalTime digestAt,
            boolean reminders) {}

    static Accepted accepted(@Nullable PreferencesChange wanted) {
        if (wanted == null) {
            throw new InvalidRequest("", "member.required");
        }
        List<Violation> violations = new ArrayList<>();
        PreferencesView.Hours quiet = wanted.quietHours();
        LocalTime from = quiet == null ? null : time(quiet.from(), "/quietHours/from", violations);
        LocalTime until = quiet == null ? null : time(quiet.until(), "/quietHours/until", violations);
        if (from != null && from.equals(until)) {
            violations.add(new Violation("/quietHours/until", "quiet-hours.all-day"));
        }
        PreferencesView.Daily digest = wanted.digest();
        LocalTime at = digest == null ? null : time(digest.at(), "/digest/at", violations);
        Boolean reminders = wanted.reminders();
        if (reminders == null) {
            violations.add(new Violation("/reminders", "member.required"));
        }
        InvalidRequest.unlessEmpty(violations);
        return new Accepted(from, until, at, Boolean.TRUE.equals(reminders));
    }

    private static @Nullable LocalTime time(@Nullable String text, String pointer, List<Violation> violations) {
        if (text == null) {
            violations.add(new Violation(pointer, "member.required"));
            return null;
        }
        if (!TIME.matcher(text).matches()) {
            violations.add(new Violation(pointer, "time.minutes"));
            return null;
        }
        return LocalTime.parse(text);
    }
}
