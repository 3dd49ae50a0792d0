package org.lectern.scheduler.planning.publication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.booking.BookingAttempt;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.ChangeAssessment;
import org.lectern.scheduler.booking.ConflictResolution;
import org.lectern.scheduler.booking.Locks;
import org.lectern.scheduler.booking.NotifiedBranch;
import org.lectern.scheduler.planning.draft.PlanningConfig;
import org.lectern.scheduler.planning.draft.Purpose;
import org.lectern.scheduler.planning.draft.Refused;
import org.lectern.scheduler.planning.draft.StoredItem;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.publication.Lectures.Lecture;

/** What publishing a plan would do: the real bookings, in transactions of a few lectures that are rolled back. */
@ApplicationScoped
public class PlanRehearsal {

    private final Lectures lectures;
    private final Repair repair;
    private final BookingCommands commands;
    private final ConflictResolution settlement;
    private final PlanningConfig config;
    private final Clock clock;

    @Inject
    PlanRehearsal(
            Lectures lectures,
            Repair repair,
            BookingCommands commands,
            ConflictResolution settlement,
            PlanningConfig config,
            Clock clock) {
        this.lectures = lectures;
        this.repair = repair;
        this.commands = commands;
        this.settlement = settlement;
        this.config = config;
        this.clock = clock;
    }

    /**
     * What publishing would do.
     *
     * @param refused items that booking would refuse, and why
     * @param notified branches with what they would be notified of; of new lectures host and guests of each
     */
    public record Outlook(int lectures, Map<Integer, Refused> refused, List<NotifiedBranch> notified) {}

    /** Tries these items of a plan; nothing is stored. */
    public Outlook of(StoredPlan plan, List<StoredItem> items, String actor) {
        List<Lecture> all = Lectures.of(items);
        return plan.purpose() == Purpose.RESCUE ? changes(plan, all, actor) : bookings(plan, all, actor);
    }

    private Outlook changes(StoredPlan plan, List<Lecture> all, String actor) {
        try {
            List<ChangeAssessment> verdicts =
                    settlement.settle(() -> Transactions.rehearse(() -> repair.verdicts(plan, all, actor)));
            List<NotifiedBranch> notified = verdicts.stream()
                    .flatMap(each -> NotifiedBranch.of(each.before(), each.after()).stream())
                    .toList();
            return new Outlook(verdicts.size(), Map.of(), notified);
        } catch (Refusal refusal) {
            Map<Integer, Refused> refused = repair.refusals(refusal, all);
            return new Outlook(all.size(), refused, List.of());
        }
    }

    private Outlook bookings(StoredPlan plan, List<Lecture> all, String actor) {
        Map<Integer, Refused> refused = new LinkedHashMap<>();
        Map<UUID, Integer> heads = lectures.heads(all);
        Pace pace = new Pace(config.chunk());
        for (int i = 0; i < all.size(); ) {
            List<Lecture> chunk = all.subList(i, Math.min(all.size(), i + pace.next()));
            long begun = System.nanoTime();
            refused.putAll(attempt(plan, chunk, heads, actor));
            pace.took(chunk.size(), System.nanoTime() - begun);
            i += chunk.size();
        }
        return new Outlook(all.size(), refused, List.of());
    }

    /** A lecture that is invalid in itself dooms the transaction: the others are tried again without it. */
    private Map<Integer, Refused> attempt(
            StoredPlan plan, List<Lecture> chunk, Map<UUID, Integer> heads, String actor) {
        Map<Integer, Refused> invalid = new LinkedHashMap<>();
        while (true) {
            List<Lecture> left = chunk.stream()
                    .filter(each -> !invalid.containsKey(each.host().number()))
                    .toList();
            Optional<Map<Integer, Refused>> refused =
                    settlement.settle(() -> Transactions.rehearse(() -> attempt(plan, left, heads, actor, invalid)));
            if (refused.isPresent()) {
                invalid.putAll(refused.get());
                return invalid;
            }
        }
    }

    /** The refused lectures; empty if one is invalid. */
    private Optional<Map<Integer, Refused>> attempt(
            StoredPlan plan,
            List<Lecture> chunk,
            Map<UUID, Integer> heads,
            String actor,
            Map<Integer, Refused> invalidOnes) {
        Instant until = clock.instant().plus(config.hold());
        Map<Integer, Refused> refused = new LinkedHashMap<>();
        List<Book> wanted = new ArrayList<>();
        chunk.forEach(each -> wanted.add(Lectures.hold(plan, each, heads, until)));
        commands.lockAll(Locks.of(wanted));
        for (int i = 0; i < chunk.size(); i++) {
            Lecture lecture = chunk.get(i);
            List<StoredItem> covered = lecture.all().stream()
                    .filter(each -> lectures.isCovered(plan, each))
                    .toList();
            if (!covered.isEmpty()) {
                refused.put(covered.getFirst().number(), Refusals.COVERED);
                continue;
            }
            try {
                if (commands.attempt(wanted.get(i), null, actor) instanceof BookingAttempt.NotBooked prevented) {
                    refused.put(lecture.host().number(), Refusals.of(prevented));
                }
            } catch (InvalidRequest invalid) {
                invalidOnes.put(lecture.host().number(), Refusals.of(invalid));
                return Optional.empty();
            }
        }
        return Optional.of(refused);
    }
}
