package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.csv.Row;

/** Resolves the codes or ids in the rows of a file. */
@ApplicationScoped
public class BookingCodes {

    private final Sql sql;

    @Inject
    BookingCodes(Sql sql) {
        this.sql = sql;
    }

    /** An entry of a registry; only branches have a zone. */
    public record Entry(UUID id, @Nullable String zone) {}

    /** The entries that the rows name, by what they are named with. */
    public record Known(
            Map<String, Entry> lecturers,
            Map<String, Entry> topics,
            Map<String, Entry> branches,
            Map<String, Entry> venues) {

        public Optional<Entry> lecturer(String text) {
            return find(lecturers, text);
        }

        public Optional<Entry> topic(String text) {
            return find(topics, text);
        }

        public Optional<Entry> branch(String text) {
            return find(branches, text);
        }

        public Optional<Entry> venue(String text) {
            return find(venues, text);
        }

        private static Optional<Entry> find(Map<String, Entry> entries, String text) {
            Entry byCode = entries.get(text);
            return Optional.ofNullable(byCode == null ? entries.get(text.toLowerCase(Locale.ROOT)) : byCode);
        }
    }

    /** Every lecturer, branch, venue and topic that the rows name. */
    public Known of(List<Row> rows) {
        Set<String> branches = new HashSet<>(named(rows, "branch"));
        for (Row row : rows) {
            row.list("guests").forEach(guest -> branches.add(guest.split("[:：]", 2)[0].strip()));
        }
        return new Known(
                entries("lecturer", "NULL", named(rows, "lecturer")),
                entries("topic", "NULL", named(rows, "topic")),
                entries("branch", "zone", branches),
                entries("venue", "NULL", named(rows, "venue")));
    }

    private static Set<String> named(List<Row> rows, String column) {
        Set<String> names = new HashSet<>();
        for (Row row : rows) {
            String name = row.text(column);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private Map<String, Entry> entries(String table, String zone, Collection<String> names) {
        Map<String, Entry> found = new HashMap<>();
        List<String> ids = names.stream()
                .flatMap(name -> uuid(name).stream())
                .map(UUID::toString)
                .toList();
        sql.list(
                "SELECT id, code, " + zone + " AS zone FROM " + table
                        + " WHERE code = ANY (?) OR id = ANY (cast(? AS uuid[]))",
                row -> {
                    Entry entry = new Entry(row.id("id"), row.textOrNull("zone"));
                    found.put(row.text("code"), entry);
                    found.putIfAbsent(entry.id().toString(), entry);
                    return entry;
                },
                names,
                ids);
        return found;
    }

    /** The id that a text is, if it is one. */
    public static Optional<UUID> uuid(String text) {
        try {
            UUID id = UUID.fromString(text);
            // fromString alone would accept 1-1-1-1-1
            return id.toString().equals(text.toLowerCase(Locale.ROOT)) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
