package org.lectern.chaos.verdict;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.evidence.Evidence.Delivery;
import org.lectern.chaos.evidence.Evidence.Endpoint;
import org.lectern.chaos.evidence.Evidence.History;
import org.lectern.chaos.evidence.Evidence.Notice;
import org.lectern.chaos.evidence.Evidence.Position;
import org.lectern.chaos.evidence.Evidence.Published;
import org.lectern.chaos.evidence.Evidence.PublishedPlan;
import org.lectern.chaos.evidence.Evidence.Travel;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.evidence.Evidence.Written;
import org.lectern.chaos.load.Acknowledged;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.load.Call.Kind;
import org.lectern.chaos.load.Call.Outcome;
import org.lectern.chaos.load.City.Coordinates;
import org.lectern.chaos.system.Receivers.Mail;
import org.lectern.chaos.system.Receivers.Webhook;
import org.lectern.chaos.verdict.Violation.Promise;

/**
 * Evidence to tamper with: two lectures of one lecturer at one branch; the first was moved once. The branch has a
 * mailbox and its own system; a guest has an inbox only.
 */
final class DraftEvidence {

    static final Instant START = Instant.parse("2026-12-01T06:00:00Z");
    static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    final UUID lecturer = UUID.randomUUID();
    final UUID branch = UUID.randomUUID();
    final UUID guest = UUID.randomUUID();
    final UUID topicOfLecture = UUID.randomUUID();
    final UUID near = UUID.randomUUID();
    final UUID far = UUID.randomUUID();
    final UUID endpoint = UUID.randomUUID();
    final UUID ownSystem = UUID.randomUUID();
    final UUID first = UUID.randomUUID();
    final UUID second = UUID.randomUUID();
    final List<Call> calls = new ArrayList<>();
    final List<Version> bookings = new ArrayList<>();
    final List<Written> outbox = new ArrayList<>();
    final List<Published> topic = new ArrayList<>();
    final List<Version> requests = new ArrayList<>();
    final List<Written> requestOutbox = new ArrayList<>();
    final List<Published> requestTopic = new ArrayList<>();
    final Set<UUID> lecturers = new HashSet<>();
    final List<PublishedPlan> plans = new ArrayList<>();
    final List<Notice> notices = new ArrayList<>();
    final List<Delivery> deliveries = new ArrayList<>();
    final List<Mail> mails = new ArrayList<>();
    final List<Webhook> webhooks = new ArrayList<>();
    final List<Position> planted = new ArrayList<>();
    final List<Position> quarantined = new ArrayList<>();
    final List<Acknowledged> acknowledged = new ArrayList<>();
    final List<Acknowledged> known = new ArrayList<>();
    final List<String> secrets = new ArrayList<>();
    boolean partitionsAdded;
    int held;
    int unpublished;

    DraftEvidence() {
        version(first, 1, "CONFIRMED", 0, "chaos-a", null, NOW);
        version(first, 2, "CONFIRMED", 4, null, "chaos-b", NOW.plusSeconds(1));
        version(second, 1, "CONFIRMED", 0, "chaos-c", null, NOW.plusSeconds(2));
        call("chaos-a", Kind.BOOK, bookings.get(0), Outcome.ACKNOWLEDGED);
        call("chaos-b", Kind.RESCHEDULE, bookings.get(1), Outcome.ACKNOWLEDGED);
        call("chaos-c", Kind.BOOK, bookings.get(2), Outcome.ACKNOWLEDGED);
        refused("chaos-d", Kind.BOOK);
    }

    /** The violations in the draft after tampering. */
    static Set<Promise> judged(Consumer<DraftEvidence> tampering) {
        DraftEvidence draft = new DraftEvidence();
        tampering.accept(draft);
        return Checker.judge(draft.evidence()).stream().map(Violation::promise).collect(Collectors.toSet());
    }

    static void finds(Promise promise, Consumer<DraftEvidence> tampering) {
        Set<Promise> found = judged(tampering);
        assertTrue(found.contains(promise), () -> promise + " is not among " + found);
    }

    void call(String token, Kind kind, Version version, Outcome outcome) {
        calls.add(new Call(
                token,
                kind,
                version.subject().toString(),
                List.of(),
                JSON.createObjectNode(),
                NOW,
                NOW,
                1,
                outcome,
                200,
                version.version(),
                version.state()));
    }

    void refused(String token, Kind kind) {
        JsonNode body = JSON.createObjectNode();
        calls.add(new Call(token, kind, null, List.of(), body, NOW, NOW, 1, Outcome.REFUSED, 409, 0, body));
    }

    /** A version of a lecture of the lecturer at the branch, with its notice. */
    Version version(UUID booking, int number, String status, int hour, String note, String reason, Instant at) {
        return booking(booking, number, state(status, hour, note), reason, at, List.of(branch));
    }

    Version booking(UUID booking, int number, ObjectNode state, String reason, Instant at, List<UUID> told) {
        String type = number == 1 ? "lectern.booking.confirmed.v1" : "lectern.booking.changed.v1";
        return booking(booking, number, state, type, reason, at, told);
    }

    Version booking(
            UUID booking, int number, ObjectNode state, String type, String reason, Instant at, List<UUID> told) {
        Version version = new Version(booking, number, "X", at, reason, state);
        bookings.add(version);
        UUID event = UUID.randomUUID();
        outbox.add(new Written(event, booking, number, type));
        topic.add(new Published(new Position(0, topic.size()), event, booking, number, type));
        told.forEach(each -> tell(each, event, booking, number));
        return version;
    }

    Version request(UUID request, int number, String action, ObjectNode state, String reason, List<UUID> told) {
        Version version = new Version(request, number, action, NOW.plusSeconds(number), reason, state);
        requests.add(version);
        UUID event = UUID.randomUUID();
        String type = "lectern.request.changed.v1";
        requestOutbox.add(new Written(event, request, number, type));
        requestTopic.add(new Published(new Position(0, requestTopic.size()), event, request, number, type));
        told.forEach(each -> tell(each, event, request, number));
        return version;
    }

    private void tell(UUID reader, UUID event, UUID subject, int number) {
        long sequence = notices.stream()
                        .filter(notice -> notice.branch().equals(reader))
                        .count()
                + 1;
        Notice notice =
                new Notice(UUID.randomUUID(), reader, sequence, event, subject, number, START.plusSeconds(99999), NOW);
        notices.add(notice);
        if (reader.equals(branch)) {
            Delivery delivery = new Delivery(UUID.randomUUID(), notice.id(), endpoint, "DELIVERED");
            deliveries.add(delivery);
            mails.add(new Mail(delivery.id(), "b@example.org"));
            Delivery other = new Delivery(UUID.randomUUID(), notice.id(), ownSystem, "DELIVERED");
            deliveries.add(other);
            webhooks.add(new Webhook(other.id(), "/b", notice.id(), true, "body " + notice.id(), true));
        }
    }

    /** Two hours, beginning one hour after the start. */
    ObjectNode state(String status, int hour, String note) {
        ObjectNode state = JSON.createObjectNode().put("status", status);
        time(state, "start", hour * 60);
        time(state, "end", hour * 60 + 120);
        time(state, "occupiedFrom", hour * 60);
        time(state, "occupiedUntil", hour * 60 + 120);
        state.put("note", note);
        state.putObject("lecturer").put("id", lecturer.toString());
        state.putObject("branch").put("id", branch.toString());
        state.putObject("topic").put("id", topicOfLecture.toString());
        return state;
    }

    ObjectNode at(UUID venue, ObjectNode state) {
        state.putObject("venue").put("id", venue.toString());
        return state;
    }

    /** At another branch, so that only the lecturer is the same. */
    ObjectNode elsewhere(ObjectNode state) {
        state.putObject("branch").put("id", UUID.randomUUID().toString());
        return state;
    }

    ObjectNode with(ObjectNode state, UUID... guests) {
        var list = state.putArray("guests");
        for (UUID each : guests) {
            list.addObject().put("id", each.toString());
        }
        return state;
    }

    ObjectNode requestState(String status, String note) {
        ObjectNode state = JSON.createObjectNode().put("status", status).put("note", note);
        state.putObject("branch").put("id", branch.toString());
        state.putObject("topic").put("id", topicOfLecture.toString());
        return state;
    }

    private static void time(ObjectNode state, String field, int minutes) {
        state.put(
                field, START.plusSeconds(60L * minutes).atOffset(ZoneOffset.UTC).toString());
    }

    Evidence evidence() {
        return new Evidence(
                calls,
                new History(bookings, outbox, topic),
                new History(requests, requestOutbox, requestTopic),
                lecturers,
                plans,
                notices,
                deliveries,
                List.of(new Endpoint(endpoint, branch, "b@example.org"), new Endpoint(ownSystem, branch, "/b")),
                mails,
                webhooks,
                partitionsAdded,
                planted,
                quarantined,
                held,
                unpublished,
                acknowledged,
                known,
                new Travel(
                        40,
                        1.3,
                        Map.of(
                                near.toString(), new Coordinates(30.0, 104.0),
                                far.toString(), new Coordinates(30.5, 104.0))),
                secrets);
    }
}
