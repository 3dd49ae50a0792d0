package org.lectern.scheduler.booking.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Validator;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.text.CleanText;
import org.lectern.chassis.time.Zones;
import org.lectern.scheduler.booking.BookingAttempt;
import org.lectern.scheduler.booking.BookingCodes;
import org.lectern.scheduler.booking.BookingCodes.Entry;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommand.GuestRequest;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.BookingSearch;
import org.lectern.scheduler.booking.BookingStatus;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.CampaignPolicy;
import org.lectern.scheduler.booking.ConflictResolution;
import org.lectern.scheduler.booking.ConflictingBooking;
import org.lectern.scheduler.booking.Locks;
import org.lectern.scheduler.booking.RuleOverride;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.booking.TravelRule;
import org.lectern.scheduler.csv.CsvFile;
import org.lectern.scheduler.csv.CsvImport;
import org.lectern.scheduler.csv.ImportReport;
import org.lectern.scheduler.csv.Row;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.Idempotency;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/**
 * Imports bookings from CSV atomically. The file is parsed and validated first. One transaction then locks the parties
 * of all rows and books them in order.
 *
 * <p>Each row is checked against existing bookings and the rows above it. A refused row does not stop the checks of the
 * rest. Exported rows are recognized by id and must equal their booking.
 */
@ApplicationScoped
public class BookingImport {

    static final String EXAMPLE = """
            lecturer,topic,branch,venue,format,start,minutes,headCount,note,guests
            L-007,T-03,QS-V-014,V-014,lecture,2026-12-01 14:00,120,80,,QS-V-015:20
            """;

    /** One transaction locks the parties of so many lectures; more would keep others waiting too long. */
    public static final int MOST_ROWS = 500;

    private static final String OPERATION = "POST /bookings/import";

    /** The columns compared for a row with an id; the other columns of an export are informative. */
    private static final List<String> COMPARED = List.of(
            "lecturer",
            "topic",
            "branch",
            "venue",
            "guests",
            "format",
            "start",
            "end",
            "zone",
            "joinLink",
            "headCount",
            "note");

    static final List<String> COLUMNS;

    static {
        COLUMNS = new ArrayList<>(BookingSheet.EXPORTED);
        COLUMNS.add("minutes");
        COLUMNS.add("override");
        COLUMNS.add("campaign");
    }

    private static final UUID NOBODY = new UUID(0, 0);

    private final BookingCommands commands;
    private final BookingSearch search;
    private final BookingCodes codes;
    private final CampaignPolicy campaigns;
    private final ConflictResolution settlement;
    private final Idempotency idempotency;
    private final Validator validator;
    private final Messages messages;
    private final ObjectMapper json;

    @Inject
    BookingImport(
            BookingCommands commands,
            BookingSearch search,
            BookingCodes codes,
            CampaignPolicy campaigns,
            ConflictResolution settlement,
            Idempotency idempotency,
            Validator validator,
            Messages messages,
            ObjectMapper json) {
        this.commands = commands;
        this.search = search;
        this.codes = codes;
        this.campaigns = campaigns;
        this.settlement = settlement;
        this.idempotency = idempotency;
        this.validator = validator;
        this.messages = messages;
        this.json = json;
    }

    /** Reports the result of a real run and rolls back. */
    ImportReport rehearse(CsvFile file, String actor) {
        ParsedImport wanted = read(file);
        return settlement.settle(() -> Transactions.rehearse(() -> book(wanted, true, actor)));
    }

    /** Books all rows, once per key. */
    Answer run(IdempotencyKey key, CsvFile file) {
        ParsedImport wanted = read(file);
        return settlement.settle(() -> idempotency.once(
                key, OPERATION, file.fingerprint(), () -> Answer.ok("", write(book(wanted, false, key.principal())))));
    }

    /** A parsed file, and the bookings that its rows request. */
    private record ParsedImport(CsvImport run, Map<Row, Book> bookings) {}

    /** Parses and validates the file before locking; references are checked again under the locks. */
    private ParsedImport read(CsvFile file) {
        CsvImport run = new CsvImport(
                file, COLUMNS, Set.of("lecturer", "topic", "branch", "format", "start"), MOST_ROWS, messages);
        return Transactions.inNew(() -> {
            List<Row> added = new ArrayList<>();
            for (Row row : run.rows()) {
                if (row.text("id") == null) {
                    added.add(row);
                } else {
                    compare(run, row);
                }
            }
            var known = codes.of(added);
            return new ParsedImport(
                    run, run.valid(added, row -> request(row, known), BookingImport::column, validator));
        });
    }

    private ImportReport book(ParsedImport wanted, boolean dryRun, String actor) {
        CsvImport run = wanted.run();
        run.begin();
        commands.lockAll(Locks.of(wanted.bookings().values()));
        Map<UUID, Row> booked = new HashMap<>();
        wanted.bookings().forEach((row, request) -> {
            try {
                switch (commands.attempt(request, null, actor)) {
                    case BookingAttempt.Booked(BookingView booking) -> {
                        booked.put(booking.id(), row);
                        run.created(row);
                    }
                    case BookingAttempt.NotBooked prevented -> {
                        prevented.conflicts().forEach(neighbour -> clashed(row, neighbour, booked));
                        prevented.objections().forEach(objection -> objected(row, objection, booked));
                    }
                }
            } catch (InvalidRequest refused) {
                refused.violations()
                        .forEach(violation -> row.error(
                                column(violation.pointer().substring(1).replace('/', '.')),
                                violation.key(),
                                violation.arguments().toArray()));
            }
        });
        return run.report(dryRun);
    }

    private void clashed(Row row, ConflictingBooking conflict, Map<UUID, Row> booked) {
        String column = conflict.resource().equals("guest") ? "guests" : conflict.resource();
        String times = BookingSheet.time(conflict.start()) + " – " + BookingSheet.time(conflict.end());
        inTheWay(
                row,
                column,
                conflict.bookingId(),
                booked,
                named -> messages.text("csv.occupied." + conflict.resource(), times, named));
    }

    private void objected(Row row, Objection objection, Map<UUID, Row> booked) {
        String column = column(objection.violation().pointer().substring(1).replace('/', '.'));
        String detail = messages.text(
                objection.violation().key(), objection.violation().arguments().toArray());
        if (objection.facts() instanceof TravelRule.Way way) {
            inTheWay(row, column, way.bookingId(), booked, named -> messages.text("csv.rule-about", detail, named));
        } else {
            row.error(column, "csv.rule", detail);
        }
    }

    /** Names the conflict: a line of this file, or a booking with its topic and branch. */
    private void inTheWay(Row row, String column, UUID booking, Map<UUID, Row> booked, UnaryOperator<String> detail) {
        Row other = booked.get(booking);
        if (other != null) {
            row.inTheWay(column, other, detail.apply(messages.text("csv.neighbour.line", other.line())));
        } else {
            String named = search.find(booking)
                    .map(view -> messages.text(
                            "csv.neighbour.booking",
                            view.topic().title(),
                            view.branch().name()))
                    .orElse("");
            row.inTheWay(column, booking, detail.apply(named));
        }
    }

    /** An exported row: the booking exists and must be equal. */
    private void compare(CsvImport run, Row row) {
        BookingView booking =
                BookingCodes.uuid(row.required("id")).flatMap(search::find).orElse(null);
        if (booking == null) {
            row.error("id", "csv.unknown-booking");
            return;
        }
        List<@Nullable Object> cells = BookingSheet.cells(booking);
        ZoneId zone = ZoneId.of(booking.zone());
        for (String column : COMPARED) {
            Object cell = cells.get(BookingSheet.EXPORTED.indexOf(column));
            String stored = cell == null ? "" : CleanText.of(cell.toString());
            String said = Objects.requireNonNullElse(row.text(column), "");
            if (row.has(column)
                    && !said.equals(stored)
                    && !(cell instanceof Integer number && row.isNumber(column, number))
                    && !sameTime(column, said, stored, zone)) {
                row.error(column, "csv.differs", stored);
            }
        }
        if (!row.isFlawed()) {
            run.kept(row, false);
        }
    }

    private static boolean sameTime(String column, String said, String stored, ZoneId zone) {
        if (!column.equals("start") && !column.equals("end")) {
            return false;
        }
        OffsetDateTime time = SheetTime.read(said, zone, null).time();
        return time != null && time.isEqual(OffsetDateTime.parse(stored));
    }

    private Book request(Row row, BookingCodes.Known known) {
        String status = row.text("status");
        if (status != null && !status.equals(BookingStatus.CONFIRMED.name())) {
            row.error("status", "one-of", BookingStatus.CONFIRMED);
        }
        Entry branch = entry(row, "branch", known::branch).orElse(null);
        String zoneName = row.text("zone");
        ZoneId zone = zoneName != null
                ? Zones.find(zoneName).orElse(null)
                : branch == null || branch.zone() == null ? null : ZoneId.of(branch.zone());
        OffsetDateTime start = time(row, "start", zone, null);
        String override = row.text("override");
        return new Book(
                entry(row, "lecturer", known::lecturer).map(Entry::id).orElse(NOBODY),
                entry(row, "topic", known::topic).map(Entry::id).orElse(NOBODY),
                branch == null ? NOBODY : branch.id(),
                row.text("venue") == null
                        ? null
                        : entry(row, "venue", known::venue).map(Entry::id).orElse(NOBODY),
                row.text("joinLink"),
                row.required("format"),
                start == null ? OffsetDateTime.MIN : start,
                end(row, start, zone),
                zoneName,
                row.wholeNumber("headCount"),
                row.text("note"),
                null,
                override == null ? null : new RuleOverride(override),
                guests(row, known),
                campaign(row));
    }

    private @Nullable UUID campaign(Row row) {
        String code = row.text("campaign");
        if (code == null) {
            return null;
        }
        Optional<UUID> campaign = campaigns.idOf(code);
        if (campaign.isEmpty()) {
            row.error("campaign", "reference.unknown");
        }
        return campaign.orElse(NOBODY);
    }

    private static Optional<Entry> entry(Row row, String column, Function<String, Optional<Entry>> find) {
        String text = row.text(column);
        if (text == null) {
            row.error(column, "cell.missing");
            return Optional.empty();
        }
        Optional<Entry> found = find.apply(text);
        if (found.isEmpty()) {
            row.error(column, "cell.reference", text);
        }
        return found;
    }

    private static @Nullable List<GuestRequest> guests(Row row, BookingCodes.Known known) {
        List<GuestRequest> guests = new ArrayList<>();
        for (String part : row.list("guests")) {
            int mark = Math.max(part.indexOf(BookingSheet.HEADS), part.indexOf(BookingSheet.WIDE_HEADS));
            String code = mark < 0 ? part : part.substring(0, mark).strip();
            Optional<Entry> branch = known.branch(code);
            Integer heads = null;
            if (branch.isEmpty()) {
                row.error("guests", "cell.reference", code);
            }
            if (mark >= 0) {
                heads = row.wholeNumber("guests", part.substring(mark + 1).strip());
            }
            guests.add(new GuestRequest(branch.map(Entry::id).orElse(NOBODY), heads));
        }
        return guests.isEmpty() ? null : guests;
    }

    /** The end from the row, or computed from the minutes; null leaves it to the topic's usual length. */
    private static @Nullable OffsetDateTime end(Row row, @Nullable OffsetDateTime start, @Nullable ZoneId zone) {
        Integer minutes = row.wholeNumber("minutes");
        if (row.text("end") == null) {
            return minutes == null || start == null ? null : start.plusMinutes(minutes);
        }
        LocalDate day = start == null || zone == null
                ? null
                : start.atZoneSameInstant(zone).toLocalDate();
        OffsetDateTime end = time(row, "end", zone, day);
        if (end != null && minutes != null && start != null && !end.isEqual(start.plusMinutes(minutes))) {
            row.error("minutes", "csv.end-or-minutes");
        }
        return end;
    }

    private static @Nullable OffsetDateTime time(
            Row row, String column, @Nullable ZoneId zone, @Nullable LocalDate day) {
        String text = row.text(column);
        if (text == null) {
            row.error(column, "cell.missing");
            return null;
        }
        // without a zone only times with an offset can be parsed; the zone has its own error
        SheetTime.Reading reading = SheetTime.read(text, zone == null ? ZoneId.of("UTC") : zone, day);
        Violation wrong = reading.violation();
        if (wrong != null) {
            row.error(column, wrong.key(), wrong.arguments().toArray());
        }
        return reading.time();
    }

    /** The column for a path of the request. */
    private static String column(String path) {
        String member = path.split("[.\\[]", 2)[0];
        return switch (member) {
            case "lecturerId", "topicId", "branchId", "venueId" -> member.substring(0, member.length() - 2);
            case "expectedHeadCount" -> "headCount";
            default -> member;
        };
    }

    private String write(ImportReport report) {
        try {
            return json.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as JSON", e);
        }
    }
}
