package org.lectern.scheduler.booking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.Supplier;
import org.lectern.chassis.http.Etag;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.Idempotency;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/**
 * Changes of one booking, each once per idempotency key: one transaction holds the key, the change and the kept
 * answer.
 */
@ApplicationScoped
class BookingService {

    private final BookingDesk desk;
    private final Settlement settlement;
    private final Idempotency idempotency;
    private final ObjectMapper json;

    @Inject
    BookingService(BookingDesk desk, Settlement settlement, Idempotency idempotency, ObjectMapper json) {
        this.desk = desk;
        this.settlement = settlement;
        this.idempotency = idempotency;
        this.json = json;
    }

    /**
     * Books a lecture.
     *
     * @throws Occupied when the lecturer, the venue or the branch has another lecture then
     */
    Answer book(IdempotencyKey key, BookingRequest request) {
        return settlement.settle(() -> idempotency.once(key, "POST /bookings", request, () -> {
            BookingView booked = desk.book(request, key.principal());
            BookingView view = booked.warned(desk.warnings(booked));
            return Answer.created("/api/v1/bookings/" + view.id(), Etag.of(view.version()), write(view));
        }));
    }

    Answer reschedule(IdempotencyKey key, UUID id, int expected, RescheduleRequest request) {
        return change(key, "reschedule " + id, request, () -> desk.reschedule(id, expected, request, key.principal()));
    }

    Answer reassign(IdempotencyKey key, UUID id, int expected, ReassignRequest request) {
        return change(key, "reassign " + id, request, () -> desk.reassign(id, expected, request, key.principal()));
    }

    Answer confirm(IdempotencyKey key, UUID id, int expected) {
        return change(key, "confirm " + id, "", () -> desk.confirm(id, expected, key.principal()));
    }

    Answer extend(IdempotencyKey key, UUID id, int expected, HoldRequest request) {
        return change(key, "extend " + id, request, () -> desk.extend(id, expected, request, key.principal()));
    }

    Answer release(IdempotencyKey key, UUID id, int expected, ReleaseRequest request) {
        return change(
                key, "release " + id, request, () -> desk.release(id, expected, request.reason(), key.principal()));
    }

    Answer cancel(IdempotencyKey key, UUID id, int expected, CancelRequest request) {
        return change(key, "cancel " + id, request, () -> desk.cancel(id, expected, request, key.principal()));
    }

    Answer join(IdempotencyKey key, UUID id, int expected, JoinRequest request) {
        return change(key, "join " + id, request, () -> desk.join(id, expected, request, key.principal()));
    }

    Answer leave(IdempotencyKey key, UUID id, int expected, UUID branch) {
        return change(key, "leave " + id + " " + branch, "", () -> desk.leave(id, expected, branch, key.principal()));
    }

    Answer complete(IdempotencyKey key, UUID id, int expected, CompleteRequest request) {
        return change(key, "complete " + id, request, () -> desk.complete(id, expected, request, key.principal()));
    }

    Answer correct(IdempotencyKey key, UUID id, int expected, CorrectRequest request) {
        return change(key, "correct " + id, request, () -> desk.correct(id, expected, request, key.principal()));
    }

    private Answer change(IdempotencyKey key, String operation, Object request, Supplier<BookingView> work) {
        return settlement.settle(() -> idempotency.once(key, operation, request, () -> {
            BookingView view = work.get();
            return Answer.ok(Etag.of(view.version()), write(view));
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
