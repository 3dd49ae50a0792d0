package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.lectern.chassis.database.Transactions;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommand.Change;
import org.lectern.scheduler.booking.web.BookingService;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/** The service behind the HTTP resource, for tests in other packages that do not test HTTP. */
@ApplicationScoped
@ActivateRequestContext
public class BookingDoor {

    private final BookingService service;
    private final BookingCommands commands;
    private final ConflictResolution settlement;

    @Inject
    BookingDoor(BookingService service, BookingCommands commands, ConflictResolution settlement) {
        this.service = service;
        this.commands = commands;
        this.settlement = settlement;
    }

    /** Changes several bookings together; returns them at their new versions. */
    public List<BookingView> together(BookingBatch batch) {
        return settlement.settle(() -> Transactions.inNew(() -> commands.executeAll(batch))).stream()
                .map(ChangeAssessment::after)
                .toList();
    }

    public Answer execute(IdempotencyKey key, Book command) {
        return service.execute(key, command);
    }

    public Answer execute(IdempotencyKey key, UUID id, int version, Change command) {
        return service.execute(key, id, version, command);
    }
}
