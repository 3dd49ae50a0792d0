package org.lectern.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.verdict.Violation.Promise;

/** An answered request has its booking, and a booking made for a request is the answer to it. */
final class RequestCheck {

    private final Evidence evidence;
    private final Violations violations;
    private final Map<UUID, List<Version>> bookings;

    RequestCheck(Evidence evidence, Violations violations) {
        this.evidence = evidence;
        this.violations = violations;
        bookings = Grouping.bySubject(evidence.bookings().versions());
    }

    void check() {
        Set<String> answering = new HashSet<>();
        Map<UUID, List<Version>> requests =
                Grouping.bySubject(evidence.requests().versions());
        requests.forEach((request, versions) -> {
            for (Version version : versions) {
                String booking = booking(version.state());
                if (!booking.isEmpty()) {
                    answering.add(booking);
                    hasItsBooking(version, booking);
                }
            }
            stillHeld(versions.getLast());
        });
        isTheAnswer(answering);
    }

    private static String booking(JsonNode request) {
        return switch (States.status(request)) {
            case "ACCEPTED" -> request.path("bookingId").asText("");
            case "OFFERED" -> request.path("offer").path("bookingId").asText("");
            default -> "";
        };
    }

    private void hasItsBooking(Version request, String booking) {
        String status = States.status(request.state()).equals("ACCEPTED") ? "CONFIRMED" : "HELD";
        boolean there = bookings.getOrDefault(UUID.fromString(booking), List.of()).stream()
                .map(Version::state)
                .anyMatch(state -> States.status(state).equals(status)
                        && States.id(state, "branch").equals(States.id(request.state(), "branch"))
                        && States.id(state, "topic").equals(States.id(request.state(), "topic")));
        if (!there) {
            violations.add(
                    Promise.REQUESTS_MATCH_BOOKINGS,
                    "version " + request.version() + " of request " + request.subject() + " is "
                            + States.status(request.state()) + ", but booking " + booking + " was never " + status
                            + " for it");
        }
    }

    /** A slot on offer at the end is held. */
    private void stillHeld(Version request) {
        String booking = booking(request.state());
        if (!States.status(request.state()).equals("OFFERED") || booking.isEmpty()) {
            return;
        }
        List<Version> versions = bookings.getOrDefault(UUID.fromString(booking), List.of());
        if (!versions.isEmpty() && !States.status(versions.getLast().state()).equals("HELD")) {
            violations.add(
                    Promise.REQUESTS_MATCH_BOOKINGS,
                    "request " + request.subject() + " is OFFERED, but booking " + booking + " is "
                            + States.status(versions.getLast().state()));
        }
    }

    /** Both or neither: a booking created by an answer belongs to a request. */
    private void isTheAnswer(Set<String> answering) {
        Map<String, Call> answers = evidence.calls().stream()
                .filter(call -> call.kind().makesBooking())
                .collect(Collectors.toMap(Call::token, call -> call, (one, other) -> one, HashMap::new));
        for (Version booking : evidence.bookings().versions()) {
            String note = booking.state().path("note").asText("");
            if (booking.version() == 1
                    && answers.containsKey(note)
                    && !answering.contains(booking.subject().toString())) {
                violations.add(
                        Promise.REQUESTS_MATCH_BOOKINGS,
                        "booking " + booking.subject() + " was made by "
                                + answers.get(note).kind() + " " + note + ", and no request knows it");
            }
        }
    }
}
