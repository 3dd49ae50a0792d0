package org.lectern.chaos.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.load.Call.Outcome;
import org.lectern.chaos.verdict.Evidence.Acknowledged;
import org.lectern.chaos.verdict.Evidence.Delivery;
import org.lectern.chaos.verdict.Evidence.Endpoint;
import org.lectern.chaos.verdict.Evidence.Mail;
import org.lectern.chaos.verdict.Evidence.Notice;
import org.lectern.chaos.verdict.Evidence.Position;
import org.lectern.chaos.verdict.Evidence.Published;
import org.lectern.chaos.verdict.Evidence.Version;
import org.lectern.chaos.verdict.Evidence.Webhook;
import org.lectern.chaos.verdict.Evidence.Written;
import org.lectern.chaos.verdict.Violation.Promise;

/** The checker finds nothing in an honest history, and every crime that is planted in one. */
class CheckerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant START = Instant.parse("2026-12-01T06:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");

    /** Evidence that can be tampered with: two lectures of one lecturer at one branch, the first moved once. */
    private static final class Draft {

        private final UUID lecturer = UUID.randomUUID();
        private final UUID branch = UUID.randomUUID();
        private final UUID endpoint = UUID.randomUUID();
        private final UUID ownSystem = UUID.randomUUID();
        private final UUID first = UUID.randomUUID();
        private final UUID second = UUID.randomUUID();
        private final List<Call> calls = new ArrayList<>();
        private final List<Version> versions = new ArrayList<>();
        private final List<Written> outbox = new ArrayList<>();
        private final List<Published> topic = new ArrayList<>();
        private final List<Notice> notices = new ArrayList<>();
        private final List<Delivery> deliveries = new ArrayList<>();
        private final List<Mail> mails = new ArrayList<>();
        private final List<Webhook> webhooks = new ArrayList<>();
        private final List<Position> planted = new ArrayList<>();
        private final List<Position> quarantined = new ArrayList<>();
        private final List<Acknowledged> acknowledged = new ArrayList<>();
        private final List<Acknowledged> known = new ArrayList<>();
        private final List<String> secrets = new ArrayList<>();
        private boolean partitionsAdded;
        private int held;
        private int unpublished;

        Draft() {
            version(first, 1, "CONFIRMED", 0, "chaos-a", null, NOW);
            version(first, 2, "CONFIRMED", 4, null, "chaos-b", NOW.plusSeconds(1));
            version(second, 1, "CONFIRMED", 0, "chaos-c", null, NOW.plusSeconds(2));
            call("chaos-a", "book", versions.get(0), Outcome.ACKNOWLEDGED);
            call("chaos-b", "reschedule", versions.get(1), Outcome.ACKNOWLEDGED);
            call("chaos-c", "book", versions.get(2), Outcome.ACKNOWLEDGED);
            calls.add(new Call(
                    "chaos-d",
                    "book",
                    null,
                    JSON.createObjectNode(),
                    NOW,
                    NOW,
                    1,
                    Outcome.REFUSED,
                    409,
                    0,
                    JSON.createObjectNode()));
        }

        private void call(String token, String kind, Version version, Outcome outcome) {
            calls.add(new Call(
                    token,
                    kind,
                    version.booking().toString(),
                    JSON.createObjectNode(),
                    NOW,
                    NOW,
                    1,
                    outcome,
                    200,
                    version.version(),
                    version.state()));
        }

        void version(UUID booking, int number, String status, int hour, String note, String reason, Instant at) {
            Version version = new Version(booking, number, "X", at, reason, state(status, hour, note));
            versions.add(version);
            UUID event = UUID.randomUUID();
            String type = number == 1 ? "lectern.booking.confirmed.v1" : "lectern.booking.rescheduled.v1";
            outbox.add(new Written(event, booking, number, type));
            topic.add(new Published(new Position(0, topic.size()), event, booking, number, type));
            Notice notice = new Notice(
                    UUID.randomUUID(),
                    branch,
                    notices.size() + 1,
                    event,
                    booking,
                    number,
                    START.plusSeconds(99999),
                    NOW);
            notices.add(notice);
            Delivery delivery = new Delivery(UUID.randomUUID(), notice.id(), endpoint, "DELIVERED");
            deliveries.add(delivery);
            mails.add(new Mail(delivery.id(), "b@example.org"));
            Delivery other = new Delivery(UUID.randomUUID(), notice.id(), ownSystem, "DELIVERED");
            deliveries.add(other);
            webhooks.add(new Webhook(other.id(), "/b", notice.id(), true, "body " + notice.id(), true));
        }

        JsonNode state(String status, int hour, String note) {
            ObjectNode state = JSON.createObjectNode().put("status", status);
            Instant from = START.plusSeconds(3600L * hour);
            state.put("start", from.atOffset(ZoneOffset.UTC).toString());
            state.put("end", from.plusSeconds(7200).atOffset(ZoneOffset.UTC).toString());
            state.put("occupiedFrom", from.atOffset(ZoneOffset.UTC).toString());
            state.put(
                    "occupiedUntil",
                    from.plusSeconds(7200).atOffset(ZoneOffset.UTC).toString());
            state.put("note", note);
            state.putObject("lecturer").put("id", lecturer.toString());
            state.putObject("branch").put("id", branch.toString());
            return state;
        }

        Evidence evidence() {
            return new Evidence(
                    calls,
                    versions,
                    outbox,
                    topic,
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
                    secrets);
        }
    }

    private static Set<Promise> judged(Consumer<Draft> crime) {
        Draft draft = new Draft();
        crime.accept(draft);
        return Checker.judge(draft.evidence()).stream().map(Violation::promise).collect(Collectors.toSet());
    }

    private static void finds(Promise promise, Consumer<Draft> crime) {
        Set<Promise> found = judged(crime);
        assertTrue(found.contains(promise), () -> promise + " is not among " + found);
    }

    @Test
    void anHonestHistoryIsHonest() {
        assertEquals(Set.of(), judged(draft -> {}));
    }

    @Test
    void aLostBookingIsFound() {
        finds(Promise.NOTHING_LOST, draft -> draft.versions.removeLast());
    }

    @Test
    void aBookingThatIsNotAsAcknowledgedIsFound() {
        finds(Promise.NOTHING_LOST, draft -> {
            Version was = draft.versions.removeLast();
            draft.versions.add(
                    new Version(was.booking(), 1, "X", was.at(), null, draft.state("CONFIRMED", 9, "chaos-c")));
        });
    }

    @Test
    void aChangeThatIsOvertakenByALaterVersionIsNotLost() {
        assertEquals(Set.of(), judged(draft -> {
            draft.version(draft.second, 2, "CONFIRMED", 8, null, "chaos-e", NOW.plusSeconds(3));
        }));
    }

    @Test
    void whatWasRefusedAndDoneIsFound() {
        finds(
                Promise.NOTHING_REFUSED_HAPPENED,
                draft -> draft.version(UUID.randomUUID(), 1, "CONFIRMED", 20, "chaos-d", null, NOW.plusSeconds(3)));
    }

    @Test
    void oneKeyWithTwoEffectsIsFound() {
        finds(
                Promise.ONE_KEY_ONE_EFFECT,
                draft -> draft.version(UUID.randomUUID(), 1, "CONFIRMED", 20, "chaos-c", null, NOW.plusSeconds(3)));
    }

    @Test
    void whatWasNeverAnsweredMayBeThereOrNot() {
        assertEquals(Set.of(), judged(draft -> {
            draft.version(UUID.randomUUID(), 1, "CONFIRMED", 20, "chaos-e", null, NOW.plusSeconds(3));
            for (String token : List.of("chaos-e", "chaos-f")) {
                draft.calls.add(new Call(
                        token, "book", null, JSON.createObjectNode(), NOW, NOW, 3, Outcome.UNKNOWN, 0, 0, null));
            }
        }));
    }

    @Test
    void aDoubleBookingIsFound() {
        finds(
                Promise.NO_OVERLAP,
                draft -> draft.version(UUID.randomUUID(), 1, "CONFIRMED", 1, "chaos-e", null, NOW.plusSeconds(3)));
    }

    @Test
    void aDoubleBookingThatLaterVersionsHideIsFound() {
        finds(Promise.NO_OVERLAP, draft -> {
            UUID third = UUID.randomUUID();
            draft.version(third, 1, "CONFIRMED", 1, "chaos-e", null, NOW.plusSeconds(3));
            draft.version(third, 2, "CANCELLED", 1, null, "chaos-f", NOW.plusSeconds(4));
        });
    }

    @Test
    void touchingLecturesAndTheSlotOfACancelledOneAreNoDoubleBooking() {
        assertEquals(Set.of(), judged(draft -> {
            draft.version(UUID.randomUUID(), 1, "CONFIRMED", 2, "chaos-e", null, NOW.plusSeconds(3));
            draft.version(draft.second, 2, "CANCELLED", 0, null, "chaos-f", NOW.plusSeconds(4));
            draft.version(UUID.randomUUID(), 1, "CONFIRMED", 0, "chaos-g", null, NOW.plusSeconds(5));
        }));
    }

    @Test
    void aGapInVersionsIsFound() {
        finds(Promise.VERSIONS_WITHOUT_GAP, draft -> {
            draft.version(draft.second, 3, "CONFIRMED", 8, null, "chaos-e", NOW.plusSeconds(3));
        });
    }

    @Test
    void aVersionWithoutEventIsFound() {
        finds(Promise.ONE_EVENT_PER_VERSION, draft -> draft.outbox.removeFirst());
    }

    @Test
    void anEventThatNeverReachedTheTopicIsFound() {
        finds(Promise.EVERYTHING_ARRIVES, draft -> draft.topic.removeLast());
        finds(Promise.EVERYTHING_ARRIVES, draft -> draft.unpublished = 1);
        finds(Promise.EVERYTHING_ARRIVES, draft -> draft.held = 1);
    }

    @Test
    void eventsOutOfOrderAreFound() {
        finds(Promise.EVENTS_IN_ORDER, draft -> {
            Published a = draft.topic.get(0);
            Published b = draft.topic.get(1);
            draft.topic.set(0, new Published(b.position(), a.id(), a.booking(), a.version(), a.type()));
            draft.topic.set(1, new Published(a.position(), b.id(), b.booking(), b.version(), b.type()));
        });
    }

    @Test
    void aRepeatOnTheTopicIsNoCrime() {
        assertEquals(Set.of(), judged(draft -> {
            Published a = draft.topic.getFirst();
            draft.topic.add(new Published(new Position(0, 99), a.id(), a.booking(), a.version(), a.type()));
        }));
    }

    @Test
    void anEventOfNothingIsFound() {
        finds(
                Promise.TOPIC_TELLS_THE_TRUTH,
                draft -> draft.topic.add(new Published(
                        new Position(0, 99), UUID.randomUUID(), UUID.randomUUID(), 1, "lectern.booking.confirmed.v1")));
    }

    @Test
    void aBranchThatWasNotToldIsFound() {
        finds(Promise.EVERY_BRANCH_TOLD_ONCE, draft -> {
            draft.notices.removeLast();
            draft.deliveries.removeLast();
            draft.mails.removeLast();
        });
    }

    @Test
    void aBranchThatWasToldTwiceIsFound() {
        finds(Promise.EVERY_BRANCH_TOLD_ONCE, draft -> {
            Notice was = draft.notices.getLast();
            draft.notices.add(new Notice(
                    UUID.randomUUID(),
                    was.branch(),
                    4,
                    was.event(),
                    was.booking(),
                    was.version(),
                    was.endsAt(),
                    was.toldAt()));
        });
    }

    @Test
    void aGapInTheNumbersOfAnInboxIsFound() {
        finds(Promise.EVERY_BRANCH_TOLD_ONCE, draft -> {
            Notice was = draft.notices.removeLast();
            draft.notices.add(new Notice(
                    was.id(), was.branch(), 7, was.event(), was.booking(), was.version(), was.endsAt(), was.toldAt()));
        });
    }

    @Test
    void aStrangerWhoWasToldIsFound() {
        finds(Promise.NOBODY_ELSE_TOLD, draft -> {
            Notice was = draft.notices.getLast();
            draft.notices.add(new Notice(
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    1,
                    was.event(),
                    was.booking(),
                    was.version(),
                    was.endsAt(),
                    was.toldAt()));
        });
        finds(
                Promise.NOBODY_ELSE_TOLD,
                draft -> draft.mails.add(new Mail(draft.deliveries.getFirst().id(), "stranger@example.org")));
        finds(Promise.NOBODY_ELSE_TOLD, draft -> draft.mails.add(new Mail(UUID.randomUUID(), "b@example.org")));
        finds(Promise.NOBODY_ELSE_TOLD, draft -> {
            Webhook was = draft.webhooks.getFirst();
            draft.webhooks.add(new Webhook(was.delivery(), "/stranger", was.notice(), true, was.body(), true));
        });
    }

    @Test
    void aDeliveryThatIsMissingOrDoubleIsFound() {
        finds(Promise.ONE_DELIVERY_PER_ENDPOINT, draft -> {
            draft.deliveries.removeLast();
            draft.webhooks.removeLast();
        });
        finds(Promise.ONE_DELIVERY_PER_ENDPOINT, draft -> {
            Delivery was = draft.deliveries.getLast();
            draft.deliveries.add(new Delivery(UUID.randomUUID(), was.notice(), was.endpoint(), "DELIVERED"));
        });
    }

    @Test
    void aDeliveryThatDidNotArriveIsFound() {
        finds(Promise.EVERYTHING_ARRIVES, draft -> draft.mails.removeLast());
        finds(Promise.EVERYTHING_ARRIVES, draft -> draft.webhooks.removeLast());
        finds(Promise.EVERYTHING_ARRIVES, draft -> {
            Delivery was = draft.deliveries.removeLast();
            draft.webhooks.removeLast();
            draft.deliveries.add(new Delivery(was.id(), was.notice(), was.endpoint(), "DEAD"));
        });
    }

    @Test
    void whatTheReceiverDidNotTakeDoesNotCountAsDelivered() {
        finds(Promise.EVERYTHING_ARRIVES, draft -> {
            Webhook was = draft.webhooks.removeLast();
            draft.webhooks.add(new Webhook(was.delivery(), was.to(), was.notice(), was.signed(), was.body(), false));
        });
    }

    @Test
    void whatALaterMessageTellsNeedNotBeToldByItselfButTheLaterOneMust() {
        Consumer<Draft> together = draft -> {
            Delivery first = draft.deliveries.get(0);
            Delivery second = draft.deliveries.get(2);
            draft.deliveries.set(
                    0,
                    new Delivery(
                            first.id(), first.notice(), first.endpoint(), "SUPERSEDED", "superseded", second.id()));
            draft.mails.removeFirst();
        };
        assertEquals(Set.of(), judged(together));
        finds(Promise.EVERYTHING_ARRIVES, together.andThen(draft -> draft.mails.removeFirst()));
        finds(Promise.EVERYTHING_ARRIVES, draft -> {
            Delivery first = draft.deliveries.get(0);
            Delivery stranger = draft.deliveries.get(4);
            draft.deliveries.set(
                    0,
                    new Delivery(
                            first.id(), first.notice(), first.endpoint(), "SUPERSEDED", "superseded", stranger.id()));
            draft.mails.removeFirst();
        });
    }

    @Test
    void nothingIsLeftToTellOnlyIfNobodyHeardOfItAndItIsOff() {
        Consumer<Draft> untold = draft -> {
            Delivery was = draft.deliveries.get(4);
            draft.deliveries.set(
                    4, new Delivery(was.id(), was.notice(), was.endpoint(), "SUPERSEDED", "nothing-to-tell", null));
            draft.mails.removeLast();
        };
        finds(Promise.EVERYTHING_ARRIVES, untold);
        assertEquals(Set.of(), judged(untold.andThen(draft -> {
            Version was = draft.versions.removeLast();
            ObjectNode off = was.state().deepCopy();
            off.put("status", "CANCELLED");
            draft.versions.add(new Version(was.booking(), was.version(), "X", was.at(), was.reason(), off));
            draft.calls.removeIf(call -> call.token().equals("chaos-c"));
        })));
    }

    @Test
    void alertsOutOfOrderAreFoundAndRepeatsAreNoCrime() {
        finds(Promise.ALERTS_IN_ORDER, draft -> draft.mails.addFirst(draft.mails.remove(1)));
        finds(Promise.ALERTS_IN_ORDER, draft -> draft.webhooks.addFirst(draft.webhooks.remove(1)));
        assertEquals(Set.of(), judged(draft -> draft.mails.add(draft.mails.getFirst())));
        assertEquals(Set.of(), judged(draft -> draft.webhooks.add(draft.webhooks.getFirst())));
    }

    @Test
    void aWebhookUnderTwoIdsOrWithTwoBodiesOrUnsignedIsFound() {
        finds(Promise.WEBHOOKS_ONE_ID, draft -> {
            Webhook was = draft.webhooks.getFirst();
            Delivery twin = new Delivery(UUID.randomUUID(), was.notice(), draft.ownSystem, "DELIVERED");
            draft.deliveries.add(twin);
            draft.webhooks.add(new Webhook(twin.id(), was.to(), was.notice(), true, was.body(), true));
        });
        finds(Promise.WEBHOOKS_ONE_ID, draft -> {
            Webhook was = draft.webhooks.getFirst();
            draft.webhooks.add(new Webhook(was.delivery(), was.to(), was.notice(), true, "other", true));
        });
        finds(Promise.WEBHOOKS_ONE_ID, draft -> {
            Webhook was = draft.webhooks.getFirst();
            draft.webhooks.add(new Webhook(was.delivery(), was.to(), was.notice(), false, was.body(), true));
        });
    }

    @Test
    void aBookingMayChangeItsPartitionOnlyWhenOneWasAddedAndNeverGoBack() {
        Consumer<Draft> moved = draft -> {
            Published was = draft.topic.remove(1);
            draft.topic.add(new Published(new Position(5, 0), was.id(), was.booking(), was.version(), was.type()));
        };
        finds(Promise.EVENTS_IN_ORDER, moved);
        assertEquals(Set.of(), judged(moved.andThen(draft -> draft.partitionsAdded = true)));
        finds(Promise.EVENTS_IN_ORDER, draft -> {
            draft.partitionsAdded = true;
            Published first = draft.topic.get(0);
            draft.topic.set(
                    0, new Published(new Position(0, 99), first.id(), first.booking(), first.version(), first.type()));
        });
    }

    @Test
    void poisonThatWasSwallowedAndEventsThatWereSetAsideAreFound() {
        finds(Promise.POISON_SET_ASIDE, draft -> draft.planted.add(new Position(3, 7)));
        finds(Promise.POISON_SET_ASIDE, draft -> draft.quarantined.add(new Position(3, 7)));
        assertEquals(Set.of(), judged(draft -> {
            draft.planted.add(new Position(3, 7));
            draft.quarantined.add(new Position(3, 7));
        }));
    }

    @Test
    void anAcknowledgementThatIsLostOrMadeUpIsFound() {
        finds(Promise.ACKNOWLEDGEMENTS_COME_BACK, draft -> draft.acknowledged.add(told(draft)));
        finds(
                Promise.ACKNOWLEDGEMENTS_COME_BACK,
                draft -> draft.known.add(new Acknowledged(draft.first, UUID.randomUUID(), 1)));
        finds(
                Promise.ACKNOWLEDGEMENTS_COME_BACK,
                draft -> draft.known.add(new Acknowledged(draft.first, draft.branch, 9)));
        assertEquals(Set.of(), judged(draft -> {
            draft.acknowledged.add(told(draft));
            draft.known.add(told(draft));
        }));
    }

    private static Acknowledged told(Draft draft) {
        Notice notice = draft.notices.getFirst();
        return new Acknowledged(notice.booking(), notice.branch(), notice.version());
    }

    @Test
    void aSecretOutsideIsFound() {
        finds(Promise.NO_SECRET_OUTSIDE, draft -> draft.secrets.add("on the topic"));
    }
}
