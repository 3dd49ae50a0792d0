package org.lectern.scheduler.planning.publication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.booking.BookingBatch;
import org.lectern.scheduler.booking.BookingBatch.Item;
import org.lectern.scheduler.booking.BookingCommand.Rearrange;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.ChangeAssessment;
import org.lectern.scheduler.booking.ChangesRefused;
import org.lectern.scheduler.planning.draft.Refused;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.facts.Item.Standing;
import org.lectern.scheduler.planning.facts.Slot;
import org.lectern.scheduler.planning.publication.Lectures.Lecture;
import org.lectern.scheduler.reason.Reason;

/** Applies a repair: each booking that moves changes once, all in one transaction. */
@ApplicationScoped
class Repair {

    private final BookingCommands commands;

    @Inject
    Repair(BookingCommands commands) {
        this.commands = commands;
    }

    /**
     * Changes the bookings; the caller's transaction.
     *
     * @return the number of changed bookings
     */
    int apply(StoredPlan plan, List<Lecture> lectures, String actor) {
        List<Item> changes = changes(plan, lectures);
        if (!changes.isEmpty()) {
            commands.executeAll(new BookingBatch(changes, true, actor));
        }
        return changes.size();
    }

    /** The outcome for the bookings. */
    List<ChangeAssessment> verdicts(StoredPlan plan, List<Lecture> lectures, String actor) {
        List<Item> changes = changes(plan, lectures);
        return changes.isEmpty() ? List.of() : commands.executeAll(new BookingBatch(changes, true, actor));
    }

    private static List<Item> changes(StoredPlan plan, List<Lecture> lectures) {
        List<Item> changes = new ArrayList<>();
        for (Lecture each : lectures) {
            Standing before = each.host().item().standing();
            if (before != null && before.isLeftFor(each.slot())) {
                changes.add(new Item(
                        before.bookingId(),
                        before.version(),
                        "/items/" + each.host().number(),
                        change(plan.name(), before, each.slot())));
            }
        }
        return changes;
    }

    private static Rearrange change(String reason, Standing before, Slot after) {
        boolean isMoved = !before.start().equals(after.start());
        @Nullable UUID venue = Objects.equals(before.venueId(), after.venueId()) ? null : after.venueId();
        return Rearrange.of(
                isMoved ? Lectures.utc(after.start()) : null,
                isMoved ? Lectures.utc(after.end()) : null,
                before.lecturerId().equals(after.lecturerId()) ? null : after.lecturerId(),
                venue,
                null,
                null,
                Reason.of(reason),
                null);
    }

    /** Why a repair was refused, by item; the bookings may have changed since the plan was made. */
    Map<Integer, Refused> refusals(Refusal refusal, List<Lecture> lectures) {
        Map<Integer, Refused> refused = new HashMap<>();
        if (refusal instanceof ChangesRefused changes) {
            Map<UUID, Integer> numbers = new HashMap<>();
            lectures.forEach(each -> {
                Standing before = each.host().item().standing();
                if (before != null) {
                    numbers.put(before.bookingId(), each.host().number());
                }
            });
            for (ChangeAssessment each : changes.verdicts()) {
                Integer number = numbers.get(each.before().id());
                if (number != null && !each.isPossible()) {
                    refused.put(number, Refusals.of(each));
                }
            }
        } else {
            lectures.forEach(each -> {
                Standing before = each.host().item().standing();
                if (before != null && before.isLeftFor(each.slot())) {
                    refused.put(each.host().number(), Refusals.CHANGED);
                }
            });
        }
        return refused;
    }
}
