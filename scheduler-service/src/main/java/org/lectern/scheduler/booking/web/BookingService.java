package org.lectern.scheduler.booking.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.lectern.chassis.http.Etag;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommand.Change;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.CampaignPolicy;
import org.lectern.scheduler.booking.ConflictResolution;
import org.lectern.scheduler.booking.Rehearsal;
import org.lectern.scheduler.booking.Rehearsals;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.Idempotency;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/**
 * Commands for one booking, each once per idempotency key. One transaction covers the key, the change and the stored
 * answer.
 */
@ApplicationScoped
public class BookingService {

    private final BookingCommands commands;
    private final CampaignPolicy campaigns;
    private final ConflictResolution settlement;
    private final Rehearsals rehearsals;
    private final Idempotency idempotency;
    private final ObjectMapper json;

    @Inject
    BookingService(
            BookingCommands commands,
            CampaignPolicy campaigns,
            ConflictResolution settlement,
            Rehearsals rehearsals,
            Idempotency idempotency,
            ObjectMapper json) {
        this.commands = commands;
        this.campaigns = campaigns;
        this.settlement = settlement;
        this.rehearsals = rehearsals;
        this.idempotency = idempotency;
        this.json = json;
    }

    /**
     * Books a lecture.
     *
     * @throws Occupied when the lecturer, the venue or the branch has a conflict
     */
    public Answer execute(IdempotencyKey key, Book command) {
        return settlement.settle(() -> idempotency.once(key, "POST /bookings", command, () -> {
            BookingView view = campaigns.warned(commands.execute(command, key.principal()));
            return Answer.created("/api/v1/bookings/" + view.id(), Etag.of(view.version()), write(view));
        }));
    }

    /** What booking that lecture would do. */
    Rehearsal rehearse(Book command, String actor) {
        return rehearsals.of(witness -> campaigns.warned(commands.execute(command, actor, witness)));
    }

    /** What that change would do. */
    Rehearsal rehearse(UUID id, int expected, Change command, String actor) {
        return rehearsals.of(witness -> commands.execute(id, expected, command, actor, witness));
    }

    /** Changes a booking that the caller has seen in that version. */
    public Answer execute(IdempotencyKey key, UUID id, int expected, Change command) {
        return execute(key, id, expected, command, UnaryOperator.identity());
    }

    /** @param shown what the caller may see of the booking */
    Answer execute(IdempotencyKey key, UUID id, int expected, Change command, UnaryOperator<BookingView> shown) {
        String operation = command.getClass().getSimpleName() + " " + id;
        return settlement.settle(() -> idempotency.once(key, operation, command, () -> {
            BookingView view = commands.execute(id, expected, command, key.principal());
            return Answer.ok(Etag.of(view.version()), write(shown.apply(view)));
        }));
    }

    private String write(BookingView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a booking cannot be written as JSON", e);
        }
    }
}
