package org.lectern.scheduler.booking.batch;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Alternative;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.ChangeAssessment;
import org.lectern.scheduler.schedule.search.FreeSlotView;

/** Keeps the alternatives of one preview apart: none overlaps another, or what the change itself would book. */
final class CompatibleAlternatives {

    private final List<Taken> taken = new ArrayList<>();

    CompatibleAlternatives(List<ChangeAssessment> verdicts) {
        for (ChangeAssessment verdict : verdicts) {
            BookingView after = verdict.after();
            if (verdict.isPossible() && after.status().isActive()) {
                taken.add(new Taken(
                        verdict.item().bookingId(),
                        after.lecturer().id(),
                        after.venue() == null ? null : after.venue().id(),
                        after.branch().id(),
                        after.start(),
                        after.end()));
            }
        }
    }

    private record Taken(
            UUID booking, UUID lecturer, @Nullable UUID venue, UUID branch, OffsetDateTime start, OffsetDateTime end) {

        /** Alternatives of one booking exclude each other anyway: one of them is chosen. */
        boolean excludes(Taken other) {
            boolean overlap = start.isBefore(other.end) && other.start.isBefore(end);
            return !booking.equals(other.booking)
                    && overlap
                    && (lecturer.equals(other.lecturer)
                            || branch.equals(other.branch)
                            || venue != null && Objects.equals(venue, other.venue));
        }
    }

    /** Those that fit beside everything shown before. */
    List<BulkAlternative> of(ChangeAssessment verdict, List<Alternative> alternatives) {
        List<BulkAlternative> kept = new ArrayList<>();
        for (Alternative each : alternatives) {
            FreeSlotView slot = each.slot();
            var wanted = new Taken(
                    verdict.item().bookingId(),
                    slot.lecturer().id(),
                    slot.venue() == null ? null : slot.venue().id(),
                    verdict.wanted().branchId(),
                    slot.start(),
                    slot.end());
            if (taken.stream().noneMatch(wanted::excludes)) {
                taken.add(wanted);
                kept.add(BulkAlternative.of(each));
            }
        }
        return kept;
    }
}
