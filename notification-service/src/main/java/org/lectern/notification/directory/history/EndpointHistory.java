package org.lectern.notification.directory.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.time.Uuid7;

/** The history of endpoints. An entry is written in the transaction of its change and is never changed. */
@ApplicationScoped
public class EndpointHistory {

    /** The actor of changes by the service itself or through a link. */
    public static final String LECTERN = "lectern";

    private static final String ADD = """
            INSERT INTO endpoint_change (id, endpoint_id, branch_id, version, actions, actor, reason, state_before, state_after, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, cast(? AS jsonb), cast(? AS jsonb), ?)""";

    private static final String LIST = """
            SELECT id, version, array_to_string(actions, ',') AS actions, actor, reason, state_before, state_after, at
            FROM endpoint_change WHERE endpoint_id = ? AND (cast(? AS uuid) IS NULL OR id < ?)
            ORDER BY id DESC LIMIT ?""";

    private final Sql sql;
    private final ObjectMapper json;
    private final EndpointHistoryConfig config;
    private final Clock clock;

    @Inject
    EndpointHistory(Sql sql, ObjectMapper json, EndpointHistoryConfig config, Clock clock) {
        this.sql = sql;
        this.json = json;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Identifies an endpoint at its version after the change.
     *
     * @param branch the endpoint's branch
     */
    public record Of(UUID endpoint, UUID branch, int version) {}

    /**
     * Adds an entry in the running transaction; none if nothing changed.
     *
     * @param reason a person's text or a code
     * @param before null if the endpoint was added
     * @param after null if it was removed
     */
    public void add(
            Of endpoint,
            Set<EndpointAction> actions,
            String actor,
            @Nullable String reason,
            @Nullable EndpointState before,
            @Nullable EndpointState after) {
        if (actions.isEmpty()) {
            return;
        }
        sql.update(
                ADD,
                Uuid7.next(),
                endpoint.endpoint(),
                endpoint.branch(),
                endpoint.version(),
                List.copyOf(actions),
                actor,
                reason,
                written(before),
                written(after),
                clock.instant());
    }

    /** The entries of an endpoint, newest first. */
    public List<EndpointHistoryEntry> of(UUID endpoint, @Nullable UUID after, int limit) {
        return sql.list(LIST, this::entry, endpoint, after, after, limit);
    }

    /** Deletes entries past their retention; ids are ordered by time. */
    int forget() {
        return sql.update(
                "DELETE FROM endpoint_change WHERE id < ?",
                Uuid7.firstAt(clock.instant().minus(config.retention())));
    }

    private EndpointHistoryEntry entry(Row row) throws SQLException {
        return new EndpointHistoryEntry(
                row.id("id"),
                row.time("at"),
                row.text("actor"),
                Arrays.stream(row.text("actions").split(",", -1))
                        .map(EndpointAction::valueOf)
                        .toList(),
                row.textOrNull("reason"),
                row.number("version"),
                read(row.textOrNull("state_before")),
                read(row.textOrNull("state_after")));
    }

    private @Nullable String written(@Nullable EndpointState state) {
        try {
            return state == null ? null : json.writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A state cannot be written as JSON", e);
        }
    }

    private @Nullable EndpointState read(@Nullable String state) {
        try {
            return state == null
                    ? null
                    : json.readerFor(EndpointState.class)
                            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // written by a later version
                            .readValue(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A state cannot be read", e);
        }
    }
}
