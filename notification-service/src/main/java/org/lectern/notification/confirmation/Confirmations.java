package org.lectern.notification.confirmation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.directory.Channels;
import org.lectern.notification.directory.EmailAddress;
import org.lectern.notification.directory.EndpointSwitch;
import org.lectern.notification.directory.Owners;

/** Confirmation requests to address owners and their answers. Only hashes of addresses are stored. */
@ApplicationScoped
class Confirmations implements Owners {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** Serialises requests, which are rare and short, so that the limits are exact. */
    private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('lectern confirmation'))";

    private static final String FIND = """
            SELECT c.endpoint_id, e.branch_id, c.address_hash, c.expires_at, e.channel, e.address, e.pending, e.confirmed_at,
                   EXISTS (SELECT 1 FROM refused_address r
                           WHERE r.branch_id = e.branch_id AND r.hash = c.address_hash) AS refused
            FROM confirmation_attempt a
            JOIN confirmation c ON c.id = a.confirmation_id
            JOIN endpoint e ON e.id = c.endpoint_id
            WHERE a.token_hash = ?""";

    private final Sql sql;
    private final Channels channels;
    private final Requesters askers;
    private final EndpointSwitch endpoints;
    private final ConfirmationConfig config;
    private final Clock clock;

    @Inject
    Confirmations(
            Sql sql,
            Channels channels,
            Requesters askers,
            EndpointSwitch endpoints,
            ConfirmationConfig config,
            Clock clock) {
        this.sql = sql;
        this.channels = channels;
        this.askers = askers;
        this.endpoints = endpoints;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void ask(UUID endpoint, UUID branch, String address, String requester) {
        demandNotRefused(branch, address);
        sql.one(ONE_AT_A_TIME, row -> true);
        byte[] hash = EmailAddress.fingerprint(address);
        boolean waits = sql.one(
                        "SELECT 1 FROM confirmation WHERE endpoint_id = ? AND address_hash = ? AND outcome IS NULL",
                        row -> true,
                        endpoint,
                        hash)
                .isPresent();
        if (waits) {
            return;
        }
        Instant now = clock.instant();
        Stream.of(
                        free("endpoint_id", endpoint, HOUR, config.perEndpointAndHour(), now),
                        free("address_hash", hash, DAY, config.perAddressAndDay(), now),
                        free("requested_by", requester, HOUR, config.perCallerAndHour(), now))
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .ifPresent(free -> {
                    throw new TooManyConfirmations(
                            Math.max(1, Duration.between(now, free).toSeconds() + 1));
                });
        sql.update("""
                INSERT INTO confirmation (id, endpoint_id, address_hash, requested_by, requested_at, expires_at, next_attempt_at)
                VALUES (?, ?, ?, ?, ?, ?, clock_timestamp())""", Uuid7.next(), endpoint, hash, requester, now, now.plus(config.validFor()));
    }

    /** The time at which the limit allows the next request, if it is reached now. */
    private Optional<Instant> free(String column, Object value, Duration window, int most, Instant now) {
        return sql.one(
                        "SELECT requested_at FROM confirmation WHERE " + column + " = ? AND requested_at > ?"
                                + " ORDER BY requested_at DESC OFFSET ? LIMIT 1",
                        row -> row.time("requested_at"),
                        value,
                        now.minus(window),
                        most - 1)
                .map(earliest -> earliest.plus(window));
    }

    @Override
    public void demandNotRefused(UUID branch, String address) {
        if (isRefused(branch, address)) {
            throw new AddressRefused();
        }
    }

    private boolean isRefused(UUID branch, String address) {
        return sql.one(
                        "SELECT 1 FROM refused_address WHERE branch_id = ? AND hash = ?",
                        row -> true,
                        branch,
                        EmailAddress.fingerprint(address))
                .isPresent();
    }

    @Override
    public void forgetRefusal(UUID branch, String address) {
        sql.update(
                "DELETE FROM refused_address WHERE branch_id = ? AND hash = ?",
                branch,
                EmailAddress.fingerprint(address));
    }

    @Override
    public @Nullable ConfirmationRequest lastAsked(UUID endpoint, String address) {
        return sql.one(
                        """
                        SELECT c.requested_at, c.expires_at, c.outcome, c.ended_at, c.answer
                        FROM confirmation c WHERE c.endpoint_id = ? AND c.address_hash = ?
                        ORDER BY c.requested_at DESC, c.id DESC LIMIT 1""",
                        row -> new ConfirmationRequest(
                                row.time("requested_at"),
                                row.time("expires_at"),
                                "SENT".equals(row.textOrNull("outcome")) ? row.timeOrNull("ended_at") : null,
                                row.textOrNull("answer")),
                        endpoint,
                        EmailAddress.fingerprint(address))
                .orElse(null);
    }

    /** The state of the request behind that link. */
    ConfirmationState question(String token) {
        return find(token).map(this::standing).orElseGet(ConfirmationState.Unknown::new);
    }

    /** Confirms the address. Does nothing if the request can no longer be answered. */
    void confirm(String token) {
        answer(token, asked -> endpoints.confirmed(asked.endpoint(), asked.present()));
    }

    /** Refuses: this branch cannot use the address again. Does nothing if the request can no longer be answered. */
    void refuse(String token) {
        answer(token, asked -> {
            sql.update(
                    "INSERT INTO refused_address (branch_id, hash, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    asked.branch(),
                    asked.addressHash(),
                    clock.instant());
            endpoints.refused(asked.endpoint(), asked.present());
        });
    }

    private interface Answer {
        void give(Found asked);
    }

    /** Serialises answers to one endpoint, so that each sees the changes of the previous one. */
    private void answer(String token, Answer answer) {
        Transactions.inNew(() -> {
            find(token).ifPresent(asked -> {
                sql.one("SELECT id FROM endpoint WHERE id = ? FOR UPDATE", row -> row.id("id"), asked.endpoint());
                find(token)
                        .filter(now -> standing(now) instanceof ConfirmationState.Due)
                        .ifPresent(answer::give);
            });
            return token;
        });
    }

    private Optional<Found> find(String token) {
        return Token.hash(token).flatMap(hash -> sql.one(FIND, Found::of, (Object) hash));
    }

    private ConfirmationState standing(Found found) {
        ConfirmationState.Requester requester = askers.of(found.branch());
        String address = found.address();
        if (address == null || !Arrays.equals(EmailAddress.fingerprint(address), found.addressHash())) {
            return new ConfirmationState.Withdrawn(requester);
        }
        if (!found.pending()) {
            Instant confirmed = found.confirmedAt();
            return confirmed == null
                    ? new ConfirmationState.Vouched(requester)
                    : new ConfirmationState.Confirmed(requester, confirmed);
        }
        if (found.refused()) {
            return new ConfirmationState.Refused(requester);
        }
        return clock.instant().isBefore(found.expiresAt())
                ? new ConfirmationState.Due(requester, channels.masked(found.channel(), address), found.expiresAt())
                : new ConfirmationState.Expired(requester);
    }

    /** @param address the endpoint's present address; null once it is removed */
    private record Found(
            UUID endpoint,
            UUID branch,
            byte[] addressHash,
            Instant expiresAt,
            String channel,
            @Nullable String address,
            boolean pending,
            @Nullable Instant confirmedAt,
            boolean refused) {

        static Found of(Row row) throws SQLException {
            return new Found(
                    row.id("endpoint_id"),
                    row.id("branch_id"),
                    row.bytes("address_hash"),
                    row.time("expires_at"),
                    row.text("channel"),
                    row.textOrNull("address"),
                    row.flag("pending"),
                    row.timeOrNull("confirmed_at"),
                    row.flag("refused"));
        }

        /** The address of a request that can be answered. */
        String present() {
            if (address == null) {
                throw new IllegalStateException("The endpoint was removed");
            }
            return address;
        }

        @Override
        public String toString() {
            return "question about endpoint " + endpoint;
        }
    }
}
