package org.lectern.notification.confirmation;

import io.quarkus.arc.All;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.Language;
import org.lectern.chassis.problem.Refusal;
import org.lectern.notification.delivery.Channel;
import org.lectern.notification.delivery.DeliveryOutcome;
import org.lectern.notification.delivery.OutgoingMessage;
import org.lectern.notification.directory.EmailAddress;
import org.lectern.notification.directory.EndpointSwitch;
import org.lectern.notification.directory.Owners;
import org.lectern.notification.directory.Receivers;
import org.lectern.notification.directory.Receivers.Receiver;
import org.lectern.notification.directory.Scope;
import org.lectern.notification.notice.LectureTime;

/**
 * Sends confirmation messages after the requesting transaction, outside any transaction. At least once: an attempt with
 * unknown result is repeated under the same id with a new token. Any number of processes may send.
 */
@ApplicationScoped
class ConfirmationMails {

    private static final String CLAIM = """
            UPDATE confirmation
            SET attempts = attempts + 1, next_attempt_at = clock_timestamp() + ? * interval '1 millisecond'
            WHERE id = (SELECT id FROM confirmation WHERE outcome IS NULL AND next_attempt_at <= clock_timestamp()
                        ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, endpoint_id, address_hash, expires_at, attempts,
                      (SELECT branch_id FROM endpoint WHERE endpoint.id = endpoint_id) AS branch_id""";

    /** The attempt number fences out a process that lost its lease. */
    private static final String END = """
            UPDATE confirmation SET outcome = ?, answer = ?, ended_at = clock_timestamp()
            WHERE id = ? AND attempts = ? AND outcome IS NULL""";

    private static final String RETRY = """
            UPDATE confirmation SET answer = ?, next_attempt_at = greatest(?, clock_timestamp() + ? * interval '1 millisecond')
            WHERE id = ? AND attempts = ? AND outcome IS NULL""";

    private final Map<String, Channel> channels;
    private final Receivers receivers;
    private final Owners owners;
    private final Requesters askers;
    private final EndpointSwitch endpoints;
    private final Optional<URI> publicUrl;
    private final ConfirmationConfig config;
    private final Sql sql;
    private final Clock clock;

    @Inject
    ConfirmationMails(
            @All List<Channel> channels,
            Receivers receivers,
            Owners owners,
            Requesters askers,
            EndpointSwitch endpoints,
            @ConfigProperty(name = "lectern.public-url") Optional<URI> publicUrl,
            ConfirmationConfig config,
            Sql sql,
            Clock clock) {
        this.channels = channels.stream().collect(Collectors.toMap(Channel::name, Function.identity()));
        this.receivers = receivers;
        this.owners = owners;
        this.askers = askers;
        this.endpoints = endpoints;
        this.publicUrl = publicUrl;
        this.config = config;
        this.sql = sql;
        this.clock = clock;
    }

    private record Claimed(UUID id, UUID endpoint, UUID branch, byte[] addressHash, Instant expiresAt, int attempt) {}

    private record Attempt(Claimed claimed, Receiver to, String token) {}

    /** Sends all messages that are due, one after the other. */
    void sendAll() {
        while (true) {
            Optional<Claimed> claimed = Transactions.inNew(() -> sql.one(
                    CLAIM,
                    row -> new Claimed(
                            row.id("id"),
                            row.id("endpoint_id"),
                            row.id("branch_id"),
                            row.bytes("address_hash"),
                            row.time("expires_at"),
                            row.number("attempts")),
                    config.lease().toMillis()));
            if (claimed.isEmpty()) {
                return;
            }
            begin(claimed.get()).ifPresent(this::send);
        }
    }

    /** Creates the token of one attempt. Ends the request instead if no confirmation is needed any more. */
    private Optional<Attempt> begin(Claimed claimed) {
        return Transactions.inNew(() -> {
            Receiver to = stillAsked(claimed);
            if (to == null || publicUrl.isEmpty() || !clock.instant().isBefore(claimed.expiresAt())) {
                end(
                        claimed,
                        to == null ? "WITHDRAWN" : "FAILED",
                        to == null ? "withdrawn" : publicUrl.isEmpty() ? "no-public-url" : "expired");
                return Optional.empty();
            }
            String token = Token.random();
            sql.update("""
                    INSERT INTO confirmation_attempt (token_hash, confirmation_id, number, started_at)
                    VALUES (?, ?, ?, ?)""", Token.hash(token).orElseThrow(), claimed.id(), claimed.attempt(), clock.instant());
            return Optional.of(new Attempt(claimed, to, token));
        });
    }

    private @Nullable Receiver stillAsked(Claimed claimed) {
        try {
            Receiver receiver = receivers.demand(Scope.EVERY, claimed.branch(), claimed.endpoint());
            boolean same = Arrays.equals(EmailAddress.fingerprint(receiver.address()), claimed.addressHash());
            owners.demandNotRefused(receiver.branchId(), receiver.address());
            return same && receiver.pending() ? receiver : null;
        } catch (Refusal gone) {
            return null; // removed, or refused by its owner
        }
    }

    private void send(Attempt attempt) {
        DeliveryOutcome outcome;
        try {
            outcome = channel(attempt.to()).deliver(letter(attempt));
        } catch (RuntimeException e) {
            outcome = new DeliveryOutcome.Retry("failed");
        }
        DeliveryOutcome came = outcome;
        Transactions.inNew(() -> record(attempt, came));
    }

    private int record(Attempt attempt, DeliveryOutcome outcome) {
        Claimed claimed = attempt.claimed();
        String answer = switch (outcome) {
            case DeliveryOutcome.Delivered delivered -> delivered.answer();
            case DeliveryOutcome.Retry again -> again.reason();
            case DeliveryOutcome.Deferred deferred -> deferred.waitsFor();
            case DeliveryOutcome.Failed failed -> failed.reason();
            case DeliveryOutcome.EndpointGone gone -> gone.reason();
        };
        sql.update(
                "UPDATE confirmation_attempt SET ended_at = ?, answer = ? WHERE confirmation_id = ? AND number = ?",
                clock.instant(),
                answer,
                claimed.id(),
                claimed.attempt());
        return switch (outcome) {
            case DeliveryOutcome.Delivered delivered -> end(claimed, "SENT", answer);
            case DeliveryOutcome.Retry again -> retry(claimed, answer, again.notBefore());
            case DeliveryOutcome.Deferred deferred -> retry(claimed, answer, deferred.notBefore());
            case DeliveryOutcome.Failed failed -> end(claimed, "FAILED", answer);
            case DeliveryOutcome.EndpointGone gone -> {
                int ended = end(claimed, "FAILED", answer);
                if (ended == 1 && stillAsked(claimed) != null) {
                    endpoints.off(claimed.endpoint(), answer);
                }
                yield ended;
            }
        };
    }

    private int end(Claimed claimed, String outcome, String answer) {
        return sql.update(END, outcome, answer, claimed.id(), claimed.attempt());
    }

    private int retry(Claimed claimed, String answer, @Nullable Instant notBefore) {
        return sql.update(
                RETRY,
                answer,
                notBefore == null ? clock.instant() : notBefore,
                pause(claimed.attempt()).toMillis(),
                claimed.id(),
                claimed.attempt());
    }

    /** The backoff, doubled with each attempt up to the largest. */
    private Duration pause(int attempts) {
        long doubled = config.initialBackoff().toMillis() << Math.min(attempts - 1, 20);
        return Duration.ofMillis(Math.min(doubled, config.maxBackoff().toMillis()));
    }

    private Channel channel(Receiver to) {
        Channel channel = channels.get(to.channel());
        if (channel == null) {
            throw new IllegalStateException("No channel " + to.channel());
        }
        return channel;
    }

    private OutgoingMessage letter(Attempt attempt) {
        Receiver to = attempt.to();
        Locale language = Language.of(to.locale());
        ConfirmationTexts say = MessageBundles.get(
                ConfirmationTexts.class,
                Localized.Literal.of(language.getLanguage().equals("zh") ? "zh-CN" : "en"));
        ConfirmationState.Requester requester = askers.of(to.branchId());
        String branch = Requesters.name(requester, language);
        String until = LectureTime.moment(attempt.claimed().expiresAt(), requester.zone(), language);
        String link = publicUrl.orElseThrow().toString().replaceAll("/+$", "") + "/c/" + attempt.token();
        return new OutgoingMessage(
                attempt.claimed().id(),
                attempt.claimed().attempt(),
                attempt.claimed().attempt() > 1,
                new OutgoingMessage.Addressee(
                        to.id(), to.kind(), to.branchId(), to.address(), to.secret(), to.formerSecrets()),
                attempt.claimed().id(),
                to.locale(),
                say.mailTitle(branch),
                String.join(
                        "\n",
                        say.mailAsks(branch, to.address()),
                        say.what(),
                        say.mailOpen(),
                        link,
                        say.mailUntil(until)),
                false,
                null,
                null);
    }
}
