package org.lectern.chassis.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.erasure.ErasureResult.Place;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.text.CleanText;

/**
 * Erases texts from all columns that can hold one. The columns come from the catalog, so a new table is covered at
 * once. Tables are read a few thousand pages at a time, each part in its own transaction; a repeat is harmless.
 *
 * <p>Keys and append-only tables (those with a trigger named {@code …_only_grows}) are searched and reported, never
 * changed.
 */
@ApplicationScoped
public class Erasure {

    private static final Logger LOG = Logger.getLogger(Erasure.class);
    private static final int MOST = 10;
    private static final int PAGES_AT_ONCE = 2000;
    private static final int PASSES = 3;
    private static final String ERASED = "[erased]";

    private static final Pattern MAILBOX =
            Pattern.compile("[\\p{L}\\p{N}.!#$%&*+/=^_{|}~-]{1,64}@[\\p{L}\\p{N}.-]{3,255}");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9][0-9 ()./-]{6,30}[0-9]");
    private static final int FEWEST_DIGITS = 7;

    private static final String COLUMNS = """
            SELECT c.relname AS "table", a.attname AS "column", t.typname AS type,
                   quote_ident(c.relname) AS quoted_table, quote_ident(a.attname) AS quoted_column,
                   (pg_relation_size(c.oid) / cast(current_setting('block_size') AS bigint))::int AS pages,
                   EXISTS (SELECT FROM pg_index i
                           WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey))
                       OR EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname LIKE '%\\_only\\_grows')
                       OR t.typname = 'bytea' AS fixed
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            JOIN pg_type t ON t.oid = a.atttypid
            WHERE c.relkind = 'r' AND c.relnamespace = cast('public' AS regnamespace)
              AND c.relname <> 'flyway_schema_history'
              AND t.typname IN ('text', 'varchar', 'jsonb', 'json', '_text', 'bytea')
            ORDER BY c.relname, a.attnum""";

    private final Sql sql;
    private final PersonalRecords records;

    @Inject
    Erasure(Sql sql, PersonalRecords records) {
        this.sql = sql;
        this.records = records;
    }

    /**
     * Erases the texts, or only finds them.
     *
     * @throws InvalidRequest unless each text is an e-mail address or a telephone number: a word would be erased from
     *     titles and names too
     */
    public ErasureResult erase(ErasureRequest request, boolean dryRun, String actor) {
        List<String> texts = texts(request);
        String pattern = pattern(texts);
        int ended = dryRun ? records.count(texts) : records.end(texts, actor);
        Map<Column, Integer> erased = new LinkedHashMap<>();
        Map<Column, Integer> kept = new LinkedHashMap<>();
        for (int pass = 1; pass <= PASSES; pass++) {
            kept.clear();
            Map<Column, Integer> found = pass(texts, pattern, dryRun, kept);
            found.forEach((column, rows) -> erased.merge(column, rows, Integer::sum));
            if (dryRun || found.isEmpty()) {
                break; // rows that moved behind the reader are found by the next pass
            }
        }
        ErasureResult result = new ErasureResult(dryRun, ended, places(erased), places(kept));
        if (!dryRun) {
            LOG.infof("%s erased %d texts of a person: %s", actor, texts.size(), result);
        }
        return result;
    }

    private record Column(
            String table,
            String column,
            String type,
            String quotedTable,
            String quotedColumn,
            int pages,
            boolean fixed) {

        String matches() {
            return switch (type) {
                case "_text" -> "array_to_string(%s, E'\\n') ~* ?".formatted(quotedColumn);
                case "bytea" ->
                    "EXISTS (SELECT FROM unnest(cast(? AS text[])) s WHERE position(convert_to(s, 'UTF8') IN %s) > 0)"
                            .formatted(quotedColumn);
                case "jsonb", "json" -> "cast(%s AS text) ~* ?".formatted(quotedColumn);
                default -> quotedColumn + " ~* ?";
            };
        }

        Object searched(List<String> texts, String pattern) {
            return type.equals("bytea") ? texts : pattern;
        }

        String replaced() {
            String of = "regexp_replace(%s, ?, '" + ERASED + "', 'gi')";
            return switch (type) {
                case "_text" ->
                    "%1$s = ARRAY(SELECT %2$s FROM unnest(%1$s) WITH ORDINALITY u (part, place) ORDER BY place)"
                            .formatted(quotedColumn, of.formatted("part"));
                case "jsonb", "json" ->
                    "%s = cast(%s AS %s)"
                            .formatted(quotedColumn, of.formatted("cast(" + quotedColumn + " AS text)"), type);
                default -> quotedColumn + " = " + of.formatted(quotedColumn);
            };
        }
    }

    private Map<Column, Integer> pass(List<String> texts, String pattern, boolean dryRun, Map<Column, Integer> kept) {
        Map<Column, Integer> erased = new LinkedHashMap<>();
        Map<String, List<Column>> tables = sql
                .list(
                        COLUMNS,
                        row -> new Column(
                                row.text("table"),
                                row.text("column"),
                                row.text("type"),
                                row.text("quoted_table"),
                                row.text("quoted_column"),
                                row.number("pages"),
                                row.flag("fixed")))
                .stream()
                .collect(Collectors.groupingBy(Column::table, LinkedHashMap::new, Collectors.toList()));
        tables.values().forEach(columns -> {
            for (int page = 0; page <= columns.getFirst().pages(); page += PAGES_AT_ONCE) {
                String from = "(%d,0)".formatted(page);
                String until = "(%d,0)".formatted(page + PAGES_AT_ONCE);
                Transactions.inNew(() -> part(columns, from, until, texts, pattern, dryRun, erased, kept));
            }
        });
        return erased;
    }

    private int part(
            List<Column> columns,
            String from,
            String until,
            List<String> texts,
            String pattern,
            boolean dryRun,
            Map<Column, Integer> erased,
            Map<Column, Integer> kept) {
        Map<Column, Integer> found = found(columns, from, until, texts, pattern);
        List<Column> changing = new ArrayList<>();
        found.forEach((column, rows) -> {
            (column.fixed() ? kept : erased).merge(column, rows, Integer::sum);
            if (!column.fixed()) {
                changing.add(column);
            }
        });
        if (dryRun || changing.isEmpty()) {
            return 0;
        }
        List<@Nullable Object> parameters = new ArrayList<>(Collections.nCopies(changing.size(), pattern));
        parameters.add(from);
        parameters.add(until);
        parameters.addAll(Collections.nCopies(changing.size(), pattern));
        return sql.update(
                "UPDATE " + columns.getFirst().quotedTable() + " SET "
                        + changing.stream().map(Column::replaced).collect(Collectors.joining(", "))
                        + " WHERE ctid >= cast(? AS tid) AND ctid < cast(? AS tid) AND ("
                        + changing.stream().map(Column::matches).collect(Collectors.joining(" OR ")) + ")",
                parameters.toArray());
    }

    /** The columns with a match among those pages, and the number of rows. */
    private Map<Column, Integer> found(
            List<Column> columns, String from, String until, List<String> texts, String pattern) {
        List<@Nullable Object> parameters = new ArrayList<>();
        columns.forEach(column -> parameters.add(column.searched(texts, pattern)));
        parameters.add(from);
        parameters.add(until);
        String counts = columns.stream()
                .map(column -> "count(*) FILTER (WHERE " + column.matches() + ")::int")
                .collect(Collectors.joining(", "));
        List<String> rows = sql.one(
                        "SELECT ARRAY[" + counts + "]::text[] AS found FROM "
                                + columns.getFirst().quotedTable()
                                + " WHERE ctid >= cast(? AS tid) AND ctid < cast(? AS tid)",
                        row -> row.texts("found"),
                        parameters.toArray())
                .orElseThrow();
        Map<Column, Integer> found = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            int matches = Integer.parseInt(rows.get(i));
            if (matches > 0) {
                found.put(columns.get(i), matches);
            }
        }
        return found;
    }

    private static List<Place> places(Map<Column, Integer> found) {
        return found.entrySet().stream()
                .map(each -> new Place(each.getKey().table(), each.getKey().column(), each.getValue()))
                .toList();
    }

    private static List<String> texts(ErasureRequest request) {
        List<@Nullable String> given = request.texts();
        if (given == null || given.isEmpty() || given.size() > MOST) {
            throw new InvalidRequest("/texts", "erasure.texts", MOST);
        }
        List<Violation> violations = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String each = given.get(i);
            String text = each == null ? "" : CleanText.of(each);
            long digits = text.chars().filter(Character::isDigit).count();
            boolean number = NUMBER.matcher(text).matches() && digits >= FEWEST_DIGITS;
            if (!number && !MAILBOX.matcher(text).matches()) {
                violations.add(new Violation("/texts/" + i, "erasure.text"));
            }
            texts.add(text);
        }
        InvalidRequest.unlessEmpty(violations);
        return List.copyOf(texts);
    }

    /** Matches whole addresses and numbers only: not the end of a longer one, nor its beginning. */
    private static String pattern(List<String> texts) {
        return texts.stream()
                .map(text -> text.replaceAll("([^\\p{L}\\p{N}])", "\\\\$1"))
                .collect(Collectors.joining("|", "(?<![[:alnum:]._%+-])(?:", ")(?![[:alnum:]_]|[.-][[:alnum:]])"));
    }
}
