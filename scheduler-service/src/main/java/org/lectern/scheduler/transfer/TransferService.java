package org.lectern.scheduler.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.booking.BookingBatch;
import org.lectern.scheduler.booking.BookingBatch.Item;
import org.lectern.scheduler.booking.BookingCommand.Change;
import org.lectern.scheduler.booking.BookingCommand.Leave;
import org.lectern.scheduler.booking.BookingCommand.Rearrange;
import org.lectern.scheduler.booking.BookingCommand.Succeed;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.BookingSearch;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.ChangeAssessment;
import org.lectern.scheduler.booking.ChangePreview;
import org.lectern.scheduler.booking.ChangesRefused;
import org.lectern.scheduler.booking.ConflictResolution;
import org.lectern.scheduler.booking.Locks;
import org.lectern.scheduler.booking.NotifiedBranch;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.PreviewStale;
import org.lectern.scheduler.booking.Selection;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.Idempotency;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.request.RequestTransfer;
import org.lectern.scheduler.transfer.TransferView.Notification;

/** Transfers, each in one transaction. A rehearsal makes the real transfer under the same locks and rolls back. */
@ApplicationScoped
class TransferService {

    /** How often a transfer is repeated when concurrent changes overtake it. */
    private static final int ATTEMPTS = 3;
    /** Later than any booking. */
    private static final Duration EVER = Duration.ofDays(3660);

    private final BookingSearch bookings;
    private final BookingCommands commands;
    private final RequestTransfer requests;
    private final ConflictResolution settlement;
    private final Idempotency idempotency;
    private final Messages messages;
    private final Sql sql;
    private final ObjectMapper json;
    private final Clock clock;
    private final int most;

    @Inject
    TransferService(
            BookingSearch bookings,
            BookingCommands commands,
            RequestTransfer requests,
            ConflictResolution settlement,
            Idempotency idempotency,
            Messages messages,
            Sql sql,
            ObjectMapper json,
            Clock clock,
            @ConfigProperty(name = "lectern.bulk.max-bookings") int most) {
        this.bookings = bookings;
        this.commands = commands;
        this.requests = requests;
        this.settlement = settlement;
        this.idempotency = idempotency;
        this.messages = messages;
        this.sql = sql;
        this.json = json;
        this.clock = clock;
        this.most = most;
    }

    /**
     * Makes the transfer, once per key.
     *
     * @throws ChangesRefused when a booking cannot move
     */
    Answer transfer(IdempotencyKey key, UUID from, TransferRequest request) {
        return patiently(() ->
                settlement.settle(() -> idempotency.once(key, "POST /branches/" + from + "/transfer", request, () -> {
                    Transfer made = make(from, request, key.principal());
                    return Answer.ok(write(view(made, made.verdicts())));
                })));
    }

    /** What the transfer would do. */
    TransferView rehearse(UUID from, TransferRequest request, String actor) {
        return patiently(() -> {
            List<Transfer> begun = new ArrayList<>();
            try {
                Transfer made = settlement.settle(() -> Transactions.rehearse(() -> {
                    begun.clear();
                    Transfer next = begin(from, request, actor);
                    begun.add(next);
                    return finish(next, actor);
                }));
                return view(made, made.verdicts());
            } catch (ChangesRefused refused) {
                return view(begun.getLast(), refused.verdicts());
            }
        });
    }

    private static <T> T patiently(Supplier<T> transfer) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transfer.get();
            } catch (PreviewStale overtaken) {
                if (attempt == ATTEMPTS) {
                    throw overtaken;
                }
            }
        }
    }

    private record Transfer(
            List<Item> items, boolean more, RequestTransfer.Moved requests, List<ChangeAssessment> verdicts) {}

    private Transfer make(UUID from, TransferRequest request, String actor) {
        return finish(begin(from, request, actor), actor);
    }

    /** Locks everything in the common order, and moves the requests. */
    private Transfer begin(UUID from, TransferRequest request, String actor) {
        Receiver to = receiver(from, request);
        List<BookingView> selected = selected(from, request);
        boolean more = selected.size() > most;
        List<BookingView> moving = more ? selected.subList(0, most) : selected;
        Locks locks = Locks.none().and(null, null, Set.of(from, to.branch().id()));
        for (BookingView booking : moving) {
            locks = locks.and(booking);
        }
        commands.lockAll(locks);
        Set<UUID> ids = moving.stream().map(BookingView::id).collect(Collectors.toSet());
        var asked = request.takesRequests()
                ? requests.move(from, to.branch(), to.zone(), ids, request.why(), actor)
                : new RequestTransfer.Moved(List.of(), List.of(), Set.of());
        List<Item> items = moving.stream()
                .filter(booking -> !asked.bookings().contains(booking.id()))
                .map(booking -> new Item(
                        booking.id(), booking.version(), "/toBranchId", change(booking, from, to.branch(), request)))
                .toList();
        return new Transfer(items, more, asked, List.of());
    }

    private Transfer finish(Transfer begun, String actor) {
        // the occurrences of a series stay in it: nothing was decided about one alone
        List<ChangeAssessment> verdicts = begun.items().isEmpty()
                ? List.of()
                : commands.executeAll(new BookingBatch(begun.items(), false, actor));
        return new Transfer(begun.items(), begun.more(), begun.requests(), verdicts);
    }

    private record Receiver(BranchRef branch, ZoneId zone) {}

    private Receiver receiver(UUID from, TransferRequest request) {
        if (sql.one("SELECT id FROM branch WHERE id = ?", row -> row.id("id"), from)
                .isEmpty()) {
            throw new NotFound();
        }
        if (from.equals(request.toBranchId())) {
            throw new InvalidRequest("/toBranchId", "transfer.same");
        }
        return sql.one(
                        "SELECT id, code, name, zone FROM branch WHERE id = ? AND NOT archived",
                        row -> new Receiver(
                                new BranchRef(row.id("id"), row.text("code"), row.text("name")),
                                ZoneId.of(row.text("zone"))),
                        request.toBranchId())
                .orElseThrow(() -> new InvalidRequest("/toBranchId", "reference.unknown"));
    }

    /** The bookings that have not begun, by start. */
    private List<BookingView> selected(UUID from, TransferRequest request) {
        Instant now = clock.instant();
        Instant first = request.from() == null ? now : request.from().toInstant();
        Instant earliest = first.isAfter(now) ? first : now;
        return bookings
                .select(
                        new Selection(null, null, from, earliest, now.plus(EVER)),
                        most + 1 + request.left().size() + 1)
                .stream()
                .filter(booking -> !booking.start().toInstant().isBefore(earliest))
                .filter(booking -> !request.left().contains(booking.id()))
                .toList();
    }

    private static Change change(BookingView booking, UUID from, BranchRef to, TransferRequest request) {
        if (booking.branch().id().equals(from)) {
            return Rearrange.of(null, null, null, null, null, to.id(), request.why(), request.override());
        }
        boolean takesPart = booking.branch().id().equals(to.id())
                || booking.guests().stream().anyMatch(guest -> guest.id().equals(to.id()));
        return takesPart ? new Leave(from, request.why()) : new Succeed(from, to.id(), request.why());
    }

    private TransferView view(Transfer transfer, List<ChangeAssessment> verdicts) {
        return new TransferView(
                verdicts.stream().allMatch(ChangeAssessment::isPossible),
                transfer.items().stream().map(Item::bookingId).toList(),
                transfer.more(),
                transfer.requests().moved(),
                transfer.requests().skipped(),
                verdicts.stream()
                        .filter(verdict -> !verdict.isPossible())
                        .map(verdict -> ChangePreview.of(verdict, messages))
                        .toList(),
                notified(verdicts));
    }

    private static List<Notification> notified(List<ChangeAssessment> verdicts) {
        Map<BranchRef, Notification> notified = new LinkedHashMap<>();
        for (ChangeAssessment verdict : verdicts) {
            for (NotifiedBranch each : NotifiedBranch.of(verdict.before(), verdict.after())) {
                notified.merge(each.branch(), one(each), TransferService::sum);
            }
        }
        return List.copyOf(notified.values());
    }

    private static Notification one(NotifiedBranch each) {
        return switch (each.news()) {
            case BOOKED -> new Notification(each.branch(), 1, 0, 0);
            case CHANGED -> new Notification(each.branch(), 0, 1, 0);
            case CANCELLED -> new Notification(each.branch(), 0, 0, 1);
        };
    }

    private static Notification sum(Notification one, Notification other) {
        return new Notification(
                one.branch(),
                one.booked() + other.booked(),
                one.changed() + other.changed(),
                one.cancelled() + other.cancelled());
    }

    private String write(TransferView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A transfer cannot be written as JSON", e);
        }
    }
}
