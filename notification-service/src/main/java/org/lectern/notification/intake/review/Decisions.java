package org.lectern.notification.intake.review;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Refusal;
import org.lectern.notification.event.EventType;
import org.lectern.notification.event.Unreadable;
import org.lectern.notification.intake.Effect;
import org.lectern.notification.intake.FailureCause;
import org.lectern.notification.intake.Intake;
import org.lectern.notification.intake.Quarantine;
import org.lectern.notification.intake.QuarantineAction;
import org.lectern.notification.intake.QuarantineState;
import org.lectern.notification.intake.QuarantinedRecord;

/**
 * Operators' decisions about quarantined records. A replay uses the same code as a record from Kafka, so it has the
 * same effects. The action, the actor and the reason are stored with its effects.
 */
@ApplicationScoped
class Decisions {

    private static final int LONGEST_REASON = 500;

    private final Quarantine quarantine;
    private final Intake intake;
    private final Clock clock;

    @Inject
    Decisions(Quarantine quarantine, Intake intake, Clock clock) {
        this.quarantine = quarantine;
        this.intake = intake;
        this.clock = clock;
    }

    /**
     * Processes a record again. A record that was already processed has no further effect.
     *
     * @throws ReplayRefused if it still cannot be processed; the attempt is recorded
     */
    QuarantineDetail replay(UUID id, int expected, @Nullable ReplayDecision wanted, String actor) {
        String reason = reason(wanted == null ? null : wanted.reason());
        try {
            return Transactions.inNew(() -> {
                QuarantinedRecord record = locked(id, expected);
                Effect effect = takeAgain(record);
                quarantine.note(
                        record,
                        QuarantineState.REPLAYED,
                        record.reason(),
                        false,
                        action(QuarantineAction.Kind.REPLAY, outcome(effect), null, actor, reason));
                return detail(id);
            });
        } catch (Refusal e) {
            throw e;
        } catch (StillUnreadable e) {
            throw refused(id, expected, e.reason, actor, reason);
        } catch (RuntimeException e) {
            if (FailureCause.of(e) == FailureCause.RECORD) {
                throw refused(id, expected, "failed", actor, reason);
            }
            throw e;
        }
    }

    /**
     * Discards a record.
     *
     * @throws NothingToSkip if its version is to be skipped, but nothing waits for it
     */
    QuarantineDetail discard(UUID id, int expected, @Nullable DiscardDecision wanted, String actor) {
        String reason = reason(wanted == null ? null : wanted.reason());
        boolean skip = wanted != null && Boolean.TRUE.equals(wanted.skipVersion());
        return Transactions.inNew(() -> {
            QuarantinedRecord record = locked(id, expected);
            if (record.state() != QuarantineState.OPEN) {
                throw new AlreadyDecided(record.state());
            }
            if (skip && !skipped(record)) {
                throw new NothingToSkip();
            }
            quarantine.note(
                    record,
                    QuarantineState.DISCARDED,
                    record.reason(),
                    skip,
                    action(
                            QuarantineAction.Kind.DISCARD,
                            skip ? QuarantineAction.Outcome.SKIPPED : QuarantineAction.Outcome.DISCARDED,
                            null,
                            actor,
                            reason));
            return detail(id);
        });
    }

    QuarantineDetail detail(UUID id) {
        return QuarantineDetail.of(quarantine.get(id), quarantine.actions(id));
    }

    private QuarantinedRecord locked(UUID id, int expected) {
        QuarantinedRecord record = quarantine.lock(id);
        Etag.check(expected, record.version());
        return record;
    }

    private Effect takeAgain(QuarantinedRecord record) {
        try {
            return intake.takeAgain(record.origin().message(record.key(), record.value()));
        } catch (Unreadable e) {
            throw new StillUnreadable(e.reason());
        }
    }

    private boolean skipped(QuarantinedRecord record) {
        UUID subject = record.subject();
        Integer version = record.subjectVersion();
        return subject != null
                && version != null
                && !record.origin().topic().equals(EventType.BRANCHES)
                && intake.skip(subject, version);
    }

    /** Records a failed replay after its own transaction was rolled back. */
    private ReplayRefused refused(UUID id, int expected, String why, String actor, String reason) {
        return Transactions.inNew(() -> {
            QuarantinedRecord record = locked(id, expected);
            quarantine.note(
                    record,
                    record.state(),
                    why,
                    record.skipped(),
                    action(QuarantineAction.Kind.REPLAY, QuarantineAction.Outcome.REFUSED, why, actor, reason));
            return new ReplayRefused(why, record.version() + 1);
        });
    }

    private QuarantineAction action(
            QuarantineAction.Kind kind,
            QuarantineAction.Outcome outcome,
            @Nullable String failureReason,
            String actor,
            String reason) {
        return new QuarantineAction(kind, outcome, failureReason, actor, reason, clock.instant());
    }

    private static QuarantineAction.Outcome outcome(Effect effect) {
        return switch (effect) {
            case APPLIED -> QuarantineAction.Outcome.APPLIED;
            case HELD -> QuarantineAction.Outcome.HELD;
            case REPEAT -> QuarantineAction.Outcome.REPEAT;
        };
    }

    private static String reason(@Nullable String reason) {
        if (reason == null) {
            throw new InvalidRequest("/reason", "member.required");
        }
        String said = reason.strip();
        if (said.isEmpty() || said.codePointCount(0, said.length()) > LONGEST_REASON) {
            throw new InvalidRequest("/reason", "reason.length", LONGEST_REASON);
        }
        return said;
    }

    /** Rolls the replay back. */
    private static final class StillUnreadable extends RuntimeException {

        private final String reason;

        StillUnreadable(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
