package org.lectern.notification.delivery;

import io.quarkus.arc.All;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.directory.EndpointSwitch;
import org.lectern.notification.directory.Receivers;
import org.lectern.notification.directory.Receivers.Receiver;
import org.lectern.notification.directory.Scope;

/** Sends a test or a challenge to an endpoint while the caller waits. */
@ApplicationScoped
class Trials {

    private final Map<String, Channel> channels;
    private final Receivers receivers;
    private final EndpointSwitch endpoints;
    private final EndpointTestConfig config;
    private final Sql sql;
    private final Clock clock;

    @Inject
    Trials(
            @All List<Channel> channels,
            Receivers receivers,
            EndpointSwitch endpoints,
            EndpointTestConfig config,
            Sql sql,
            Clock clock) {
        this.channels = channels.stream().collect(Collectors.toMap(Channel::name, Function.identity()));
        this.receivers = receivers;
        this.endpoints = endpoints;
        this.config = config;
        this.sql = sql;
        this.clock = clock;
    }

    /** Sends a message that is marked as a test. An unverified receiver gets none. */
    TrialView test(Scope scope, UUID branch, UUID endpoint, String actor) {
        Receiver receiver = receivers.demand(scope, branch, endpoint);
        if (receiver.pending()) {
            throw NotResendable.endpointNotInUse();
        }
        TrialTexts say = MessageBundles.get(
                TrialTexts.class, Localized.Literal.of(receiver.locale().startsWith("zh") ? "zh-CN" : "en"));
        UUID trial = begin(receiver, "TEST", actor);
        var letter = new OutgoingMessage(
                trial,
                1,
                false,
                addressee(receiver),
                trial,
                receiver.locale(),
                say.title(),
                say.body(),
                false,
                null,
                null);
        return run(trial, () -> channel(receiver).deliver(letter));
    }

    /**
     * Sends a challenge to the receiver, or a confirmation request to the owner of the address. A verified receiver
     * then gets the waiting notices first.
     */
    TrialView verify(Scope scope, UUID branch, UUID endpoint, String actor) {
        Receiver receiver = receivers.demand(scope, branch, endpoint);
        if (!receiver.pending()) {
            return new TrialView(true, "already-verified", 0);
        }
        if (receivers.askOwner(receiver, actor)) {
            return new TrialView(false, "confirmation-requested", 0);
        }
        UUID trial = begin(receiver, "VERIFICATION", actor);
        TrialView result = run(trial, () -> channel(receiver).verify(addressee(receiver)));
        if (result.succeeded()
                && !Transactions.inNew(() -> endpoints.verified(receiver.id(), receiver.version(), actor))) {
            return new TrialView(false, "changed-meanwhile", result.durationMillis());
        }
        return result;
    }

    /**
     * Counts the trials of the last minute, by endpoint and by caller, and records this one before anything is sent.
     */
    private UUID begin(Receiver receiver, String kind, String actor) {
        return Transactions.inNew(() -> {
            if (sql.update("UPDATE endpoint SET updated_at = updated_at WHERE id = ?", receiver.id()) == 0) {
                throw new NotFound(); // otherwise the update locked the row, so concurrent counts wait
            }
            Instant now = clock.instant();
            Instant since = now.minus(Duration.ofMinutes(1));
            demandFewer("endpoint_id", receiver.id(), since, config.perEndpointAndMinute());
            demandFewer("actor", actor, since, config.perCallerAndMinute());
            UUID trial = Uuid7.next();
            sql.update(
                    "INSERT INTO endpoint_trial (id, endpoint_id, kind, actor, at) VALUES (?, ?, ?, ?, ?)",
                    trial,
                    receiver.id(),
                    kind,
                    actor,
                    now);
            return trial;
        });
    }

    private void demandFewer(String column, Object value, Instant since, int most) {
        int recent = sql.one(
                        "SELECT count(*) AS count FROM endpoint_trial WHERE " + column + " = ? AND at > ?",
                        row -> row.number("count"),
                        value,
                        since)
                .orElse(0);
        if (recent >= most) {
            throw new TooManyTests(most);
        }
    }

    private TrialView run(UUID trial, Supplier<DeliveryOutcome> work) {
        long began = System.nanoTime();
        DeliveryOutcome outcome;
        try {
            outcome = work.get();
        } catch (RuntimeException e) {
            outcome = new DeliveryOutcome.Retry("failed");
        }
        String answer = switch (outcome) {
            case DeliveryOutcome.Delivered delivered -> delivered.answer();
            case DeliveryOutcome.Retry again -> again.reason();
            case DeliveryOutcome.Failed failed -> failed.reason();
            case DeliveryOutcome.EndpointGone gone -> gone.reason();
            case DeliveryOutcome.Deferred deferred -> "budget-used-up";
        };
        boolean succeeded = outcome instanceof DeliveryOutcome.Delivered;
        sql.update(
                "UPDATE endpoint_trial SET outcome = ?, answer = ? WHERE id = ?",
                succeeded ? "SUCCEEDED" : "FAILED",
                answer,
                trial);
        return new TrialView(
                succeeded, answer, Duration.ofNanos(System.nanoTime() - began).toMillis());
    }

    private Channel channel(Receiver receiver) {
        Channel channel = channels.get(receiver.channel());
        if (channel == null) {
            throw new IllegalStateException("No channel " + receiver.channel());
        }
        return channel;
    }

    private static OutgoingMessage.Addressee addressee(Receiver receiver) {
        return new OutgoingMessage.Addressee(
                receiver.id(),
                receiver.kind(),
                receiver.branchId(),
                receiver.address(),
                receiver.secret(),
                receiver.formerSecrets());
    }
}
