package org.lectern.scheduler.planning.publication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.booking.BookingAttempt;
import org.lectern.scheduler.booking.BookingBatch;
import org.lectern.scheduler.booking.BookingBatch.Item;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommand.Change;
import org.lectern.scheduler.booking.BookingCommand.Confirm;
import org.lectern.scheduler.booking.BookingCommand.HoldUntil;
import org.lectern.scheduler.booking.BookingCommand.Release;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.ConflictResolution;
import org.lectern.scheduler.booking.Locks;
import org.lectern.scheduler.planning.draft.PlanJobs;
import org.lectern.scheduler.planning.draft.PlanMetrics;
import org.lectern.scheduler.planning.draft.PlanState;
import org.lectern.scheduler.planning.draft.PlanningConfig;
import org.lectern.scheduler.planning.draft.Plans;
import org.lectern.scheduler.planning.draft.Publishing;
import org.lectern.scheduler.planning.draft.Publishing.OnRefusal;
import org.lectern.scheduler.planning.draft.Publishing.Outcome;
import org.lectern.scheduler.planning.draft.Publishing.Phase;
import org.lectern.scheduler.planning.draft.Purpose;
import org.lectern.scheduler.planning.draft.Refused;
import org.lectern.scheduler.planning.draft.StoredItem;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.publication.Lectures.Hold;
import org.lectern.scheduler.planning.publication.Lectures.Lecture;

/**
 * Publishes one plan in transactions of a few lectures. Each also records what it did, so that another worker continues
 * when one ends. Slots are held first, and holds are known to organizers only. Branches are
 * notified when the holds are confirmed, after every slot is held.
 */
@ApplicationScoped
public class PublicationWork {

    private final Plans plans;
    private final PlanJobs jobs;
    private final Lectures lectures;
    private final Repair repair;
    private final BookingCommands commands;
    private final ConflictResolution settlement;
    private final PlanningConfig config;
    private final PlanMetrics metrics;
    private final Clock clock;

    @Inject
    PublicationWork(
            Plans plans,
            PlanJobs jobs,
            Lectures lectures,
            Repair repair,
            BookingCommands commands,
            ConflictResolution settlement,
            PlanningConfig config,
            PlanMetrics metrics,
            Clock clock) {
        this.plans = plans;
        this.jobs = jobs;
        this.lectures = lectures;
        this.repair = repair;
        this.commands = commands;
        this.settlement = settlement;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The worker lost its job, or its process ends: nothing more is written. */
    private static final class Interrupted extends RuntimeException {
        Interrupted() {
            super("interrupted", null, false, false);
        }
    }

    /**
     * A lecture that is invalid in itself: booking has doomed the transaction, so the refusal is written in another.
     */
    private static final class Unbookable extends RuntimeException {

        private final transient Lecture lecture;
        private final transient Refused why;

        Unbookable(Lecture lecture, Refused why) {
            super(why.code(), null, false, false);
            this.lecture = lecture;
            this.why = why;
        }
    }

    /**
     * Publishes the plan, or continues where another worker ended.
     *
     * @return whether it is done; false if another worker has the job or this process ends
     */
    @ActivateRequestContext
    public boolean run(UUID plan, String owner, BooleanSupplier stopping) {
        try {
            new Publication(plans.get(plan), owner, stopping).run();
            return true;
        } catch (Interrupted interrupted) {
            jobs.release(plan, owner);
            return false;
        }
    }

    private final class Publication {

        private final StoredPlan plan;
        private final String owner;
        private final BooleanSupplier stopping;
        private final Pace holding = new Pace(config.chunk());
        private Publishing state;

        Publication(StoredPlan plan, String owner, BooleanSupplier stopping) {
            this.plan = plan;
            this.owner = owner;
            this.stopping = stopping;
            state = Objects.requireNonNull(plan.publication());
        }

        void run() {
            if (plan.purpose() == Purpose.RESCUE) {
                apply();
                return;
            }
            if (state.phase() == Phase.HOLDING) {
                hold();
            }
            if (state.phase() == Phase.CONFIRMING) {
                confirm();
            }
            if (state.phase() == Phase.RELEASING) {
                release();
            }
        }

        /** Runs one short transaction, if this worker still has the job. */
        private void step(Runnable work) {
            if (stopping.getAsBoolean() || jobs.renew(plan.id(), owner, null).isEmpty()) {
                throw new Interrupted();
            }
            Publishing before = state;
            boolean done = false;
            try {
                done = settlement.settle(() -> Transactions.inNew(() -> {
                    state = before; // an attempt that was rolled back counted nothing
                    if (!jobs.has(plan.id(), owner)) {
                        throw new Interrupted();
                    }
                    work.run();
                    return true;
                }));
            } finally {
                state = done ? state : before;
            }
        }

        private void store(Publishing next) {
            plans.publication(plan.id(), next);
            state = next;
        }

        private void hold() {
            while (true) {
                List<Lecture> open = Lectures.of(plans.items(plan.id())).stream()
                        .filter(each ->
                                each.host().bookingId() == null && each.host().refusal() == null)
                        .limit(holding.next())
                        .toList();
                boolean isCancelled = jobs.isCancelled(plan.id());
                if (open.isEmpty() || isCancelled) {
                    boolean nothing = isCancelled || (state.refused() > 0 && state.onRefusal() == OnRefusal.NOTHING);
                    step(() -> store(
                            state.in(nothing ? Phase.RELEASING : Phase.CONFIRMING, state.held(), 0, state.refused())));
                    return;
                }
                try {
                    timed(holding, open.size(), () -> hold(open));
                } catch (Unbookable unbookable) {
                    step(() -> {
                        refuse(unbookable.lecture, unbookable.lecture.host(), unbookable.why);
                        store(state.in(Phase.HOLDING, state.held(), 0, state.refused() + 1));
                    });
                }
            }
        }

        private void hold(List<Lecture> chunk) {
            Map<UUID, Integer> heads = lectures.heads(chunk);
            Instant until = clock.instant().plus(config.hold());
            List<Book> wanted = chunk.stream()
                    .map(each -> Lectures.hold(plan, each, heads, until))
                    .toList();
            commands.lockAll(Locks.of(wanted));
            int held = 0;
            int refused = 0;
            for (int i = 0; i < chunk.size(); i++) {
                Lecture lecture = chunk.get(i);
                if (attempt(lecture, wanted.get(i))) {
                    held++;
                } else {
                    refused++;
                }
            }
            store(state.in(Phase.HOLDING, state.held() + held, 0, state.refused() + refused));
        }

        private boolean attempt(Lecture lecture, Book wanted) {
            for (StoredItem each : lecture.all()) {
                if (lectures.isCovered(plan, each)) {
                    refuse(lecture, each, Refusals.COVERED);
                    return false;
                }
            }
            try {
                switch (commands.attempt(wanted, null, state.actor())) {
                    case BookingAttempt.Booked booked -> {
                        lecture.all()
                                .forEach(each -> plans.held(
                                        plan.id(),
                                        each.number(),
                                        booked.booking().id()));
                        return true;
                    }
                    case BookingAttempt.NotBooked prevented -> refuse(lecture, lecture.host(), Refusals.of(prevented));
                }
            } catch (InvalidRequest invalid) {
                throw new Unbookable(lecture, Refusals.of(invalid));
            }
            return false;
        }

        /** The item at fault has the reason; the others of the lecture refer to it. */
        private void refuse(Lecture lecture, StoredItem cause, Refused why) {
            for (StoredItem each : lecture.all()) {
                plans.refused(plan.id(), each.number(), each.equals(cause) ? why : Refusals.HOST_REFUSED);
            }
        }

        /** Lectures with a slot that is held now, in order; those with a lost hold are refused. */
        private List<Held> stillHeld(List<Lecture> some) {
            List<UUID> ids = some.stream()
                    .map(each -> each.host().bookingId())
                    .filter(Objects::nonNull)
                    .toList();
            Map<UUID, Hold> holds = lectures.holds(ids);
            List<Held> held = new ArrayList<>();
            for (Lecture each : some) {
                Hold hold = holds.get(Objects.requireNonNull(each.host().bookingId()));
                if (hold != null) {
                    held.add(new Held(each, hold));
                }
            }
            return held;
        }

        private record Held(Lecture lecture, Hold hold) {}

        private List<Lecture> withBooking() {
            return Lectures.of(plans.items(plan.id())).stream()
                    .filter(each -> each.host().bookingId() != null)
                    .toList();
        }

        /**
         * Confirms all holds. All of them are valid when the first one is confirmed: short ones are extended before,
         * and if one is lost the rest is confirmed only if the organizer wants that.
         */
        private void confirm() {
            if (state.confirmed() == 0 && !secureHolds()) {
                return;
            }
            inChunks(withBooking(), this::confirm);
            step(() -> {
                boolean partly = state.refused() > 0;
                store(state.ended(partly ? Outcome.PARTLY : Outcome.PUBLISHED, clock.instant()));
                finish(PlanState.PUBLISHED, partly ? "PUBLISHED_PARTLY" : "PUBLISHED");
            });
            metrics.published(state.confirmed(), state.refused());
        }

        /** Extends holds that end soon; false if the publication is given up because one is lost. */
        private boolean secureHolds() {
            inChunks(withBooking(), this::secure);
            if (state.refused() > 0 && state.onRefusal() == OnRefusal.NOTHING && state.phase() == Phase.CONFIRMING) {
                boolean nothingConfirmed = stillHeld(withBooking()).stream()
                        .noneMatch(each -> each.hold().booked());
                if (nothingConfirmed) {
                    step(() -> store(state.in(Phase.RELEASING, state.held(), 0, state.refused())));
                    return false;
                }
            }
            return true;
        }

        private void secure(List<Lecture> chunk) {
            Instant soon = clock.instant().plus(config.hold().dividedBy(2));
            Instant until = clock.instant().plus(config.hold());
            int lost = 0;
            List<Item> extended = new ArrayList<>();
            for (Held each : stillHeld(chunk)) {
                Hold hold = each.hold();
                Instant expiry = hold.expiresAt();
                if (!hold.held() && !hold.booked()) {
                    refuse(each.lecture(), each.lecture().host(), Refusals.HOLD_LOST);
                    lost++;
                } else if (hold.held() && expiry != null && expiry.isBefore(soon)) {
                    Instant start = each.lecture().slot().start();
                    Instant longer = until.isAfter(start) ? start : until;
                    if (longer.isAfter(expiry)) {
                        extended.add(change(hold, new HoldUntil(Lectures.utc(longer))));
                    }
                }
            }
            if (!extended.isEmpty()) {
                commands.executeAll(new BookingBatch(extended, false, state.actor()));
            }
            store(state.in(Phase.CONFIRMING, state.held() - lost, 0, state.refused() + lost));
        }

        private void confirm(List<Lecture> chunk) {
            List<Item> confirmed = new ArrayList<>();
            int lost = 0;
            for (Held each : stillHeld(chunk)) {
                if (each.hold().held()) {
                    confirmed.add(change(each.hold(), new Confirm()));
                } else if (!each.hold().booked()) {
                    refuse(each.lecture(), each.lecture().host(), Refusals.HOLD_LOST);
                    lost++;
                }
            }
            if (!confirmed.isEmpty()) {
                commands.executeAll(new BookingBatch(confirmed, false, state.actor()));
            }
            store(state.in(
                    Phase.CONFIRMING, state.held(), state.confirmed() + confirmed.size(), state.refused() + lost));
        }

        private static Item change(Hold hold, Change command) {
            return new Item(hold.id(), hold.version(), "", command);
        }

        private void release() {
            inChunks(withBooking(), this::release);
            step(() -> {
                Outcome outcome =
                        jobs.isCancelled(plan.id()) && state.refused() == 0 ? Outcome.CANCELLED : Outcome.REFUSED;
                plans.forgetHolds(plan.id());
                store(state.ended(outcome, clock.instant()));
                finish(PlanState.DRAFT, outcome.name());
            });
            metrics.published(0, state.refused());
        }

        private void release(List<Lecture> chunk) {
            List<Item> released = new ArrayList<>();
            for (Held each : stillHeld(chunk)) {
                if (each.hold().held()) {
                    released.add(change(each.hold(), new Release(null, null)));
                }
            }
            if (!released.isEmpty()) {
                commands.executeAll(new BookingBatch(released, false, state.actor()));
            }
        }

        /** A repair is one transaction: bookings may exchange lecturers and times. */
        private void apply() {
            List<Lecture> all = Lectures.of(plans.items(plan.id()));
            try {
                step(() -> {
                    int changed = repair.apply(plan, all, state.actor());
                    store(state.in(Phase.DONE, 0, changed, 0).ended(Outcome.PUBLISHED, clock.instant()));
                    finish(PlanState.PUBLISHED, "PUBLISHED");
                });
            } catch (Refusal refusal) {
                Map<Integer, Refused> refused = repair.refusals(refusal, all);
                step(() -> {
                    refused.forEach((number, why) -> plans.refused(plan.id(), number, why));
                    store(state.in(Phase.DONE, 0, 0, refused.size()).ended(Outcome.REFUSED, clock.instant()));
                    finish(PlanState.DRAFT, Outcome.REFUSED.name());
                });
            }
            metrics.published(state.confirmed(), state.refused());
        }

        private void finish(PlanState as, String action) {
            plans.become(plan.id(), as);
            jobs.done(plan.id());
            plans.log(plan.id(), state.actor(), action, state);
        }

        /** One transaction after another. */
        private void inChunks(List<Lecture> all, Consumer<List<Lecture>> work) {
            Pace pace = new Pace(config.chunk());
            for (int i = 0; i < all.size(); ) {
                List<Lecture> chunk = all.subList(i, Math.min(all.size(), i + pace.next()));
                timed(pace, chunk.size(), () -> work.accept(chunk));
                i += chunk.size();
            }
        }

        private void timed(Pace pace, int lectures, Runnable work) {
            long begun = System.nanoTime();
            step(work);
            pace.took(lectures, System.nanoTime() - begun);
        }
    }
}
