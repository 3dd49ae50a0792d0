package org.lectern.scheduler.booking.renotify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.lectern.scheduler.booking.BookingBatch;
import org.lectern.scheduler.booking.BookingBatch.Item;
import org.lectern.scheduler.booking.BookingCommand.Renotify;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.Bookings;
import org.lectern.scheduler.booking.ChangeAssessment;
import org.lectern.scheduler.booking.ConflictResolution;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.Idempotency;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/** Tells the branches of outdated bookings again, all of one call in one transaction. */
@ApplicationScoped
class RenotifyService {

    /** The maximum number of bookings of one call. */
    static final int MOST = 200;

    private final Bookings bookings;
    private final BookingCommands commands;
    private final ConflictResolution settlement;
    private final Idempotency idempotency;
    private final ObjectMapper json;

    @Inject
    RenotifyService(
            Bookings bookings,
            BookingCommands commands,
            ConflictResolution settlement,
            Idempotency idempotency,
            ObjectMapper json) {
        this.bookings = bookings;
        this.commands = commands;
        this.settlement = settlement;
        this.idempotency = idempotency;
        this.json = json;
    }

    Answer run(IdempotencyKey key, RenotifyRequest request) {
        return settlement.settle(() -> idempotency.once(
                key, "POST /bookings/renotify", request, () -> Answer.ok(write(tell(request, key.principal())))));
    }

    private RenotifyResult tell(RenotifyRequest request, String actor) {
        List<BookingView> outdated =
                bookings.toldOtherwise(request.lecturerId(), request.topicId(), request.venueId(), MOST + 1);
        var again = new Renotify(request.reason(), request.reasonCode());
        List<Item> items = outdated.stream()
                .limit(MOST)
                .map(booking -> new Item(booking.id(), booking.version(), "", again))
                .toList();
        List<ChangeAssessment> told = commands.executeAll(new BookingBatch(items, false, actor));
        return new RenotifyResult(
                told.stream()
                        .filter(ChangeAssessment::isChange)
                        .map(each -> each.before().id())
                        .toList(),
                outdated.size() > MOST);
    }

    private String write(RenotifyResult result) {
        try {
            return json.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result cannot be written as JSON", e);
        }
    }
}
