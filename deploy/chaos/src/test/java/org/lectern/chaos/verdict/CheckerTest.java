package org.lectern.chaos.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lectern.chaos.verdict.DraftEvidence.NOW;
import static org.lectern.chaos.verdict.DraftEvidence.finds;
import static org.lectern.chaos.verdict.DraftEvidence.judged;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lectern.chaos.evidence.Evidence.Delivery;
import org.lectern.chaos.evidence.Evidence.Notice;
import org.lectern.chaos.evidence.Evidence.Position;
import org.lectern.chaos.evidence.Evidence.Published;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.load.Acknowledged;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.load.Call.Kind;
import org.lectern.chaos.load.Call.Outcome;
import org.lectern.chaos.system.Receivers.Mail;
import org.lectern.chaos.system.Receivers.Webhook;
import org.lectern.chaos.verdict.Violation.Promise;

/** The checker finds no violation in a correct history, and finds every planted violation. */
class CheckerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void correctHistory_hasNoViolation() {
        assertEquals(Set.of(), judged(draft -> {}));
    }

    @Test
    void lostBooking_isFound() {
        finds(Promise.NOTHING_LOST, draft -> draft.bookings.removeLast());
    }

    @Test
    void bookingUnlikeItsAnswer_isFound() {
        finds(Promise.NOTHING_LOST, draft -> {
            Version was = draft.bookings.removeLast();
            draft.bookings.add(
                    new Version(was.subject(), 1, "X", was.at(), null, draft.state("CONFIRMED", 9, "chaos-c")));
        });
    }

    @Test
    void changeFollowedByAnother_isNotLost() {
        assertEquals(Set.of(), judged(draft -> {
            draft.version(draft.second, 2, "CONFIRMED", 8, null, "chaos-e", NOW.plusSeconds(3));
        }));
    }

    @Test
    void patchWithTheSameValues_makesNoVersion() {
        assertEquals(Set.of(), judged(draft -> patch(draft, 30, 30)));
    }

    @Test
    void lostPatch_isFound() {
        finds(Promise.NOTHING_LOST, draft -> patch(draft, 31, 30));
    }

    /** A patch without a version of its own; it was answered with the version that was there. */
    private static void patch(DraftEvidence draft, int asked, int there) {
        ObjectNode state = draft.state("CONFIRMED", 8, "chaos-e").put("expectedHeadCount", there);
        Version version = draft.booking(draft.second, 2, state, "chaos-e", NOW.plusSeconds(3), List.of(draft.branch));
        ObjectNode body =
                JSON.createObjectNode().put("expectedHeadCount", asked).put("reason", "chaos-f");
        draft.calls.add(new Call(
                "chaos-f",
                Kind.PATCH,
                draft.second.toString(),
                List.of(),
                body,
                NOW,
                NOW,
                1,
                Outcome.ACKNOWLEDGED,
                200,
                version.version(),
                state));
    }

    @Test
    void refusedButAppliedChange_isFound() {
        finds(
                Promise.NOTHING_REFUSED_HAPPENED,
                draft -> draft.version(UUID.randomUUID(), 1, "CONFIRMED", 20, "chaos-d", null, NOW.plusSeconds(3)));
    }

    @Test
    void keyWithTwoEffects_isFound() {
        finds(
                Promise.ONE_KEY_ONE_EFFECT,
                draft -> draft.version(UUID.randomUUID(), 1, "CONFIRMED", 20, "chaos-c", null, NOW.plusSeconds(3)));
    }

    @Test
    void unansweredChange_mayBeAppliedOrNot() {
        assertEquals(Set.of(), judged(draft -> {
            draft.version(UUID.randomUUID(), 1, "CONFIRMED", 20, "chaos-e", null, NOW.plusSeconds(3));
            for (String token : List.of("chaos-e", "chaos-f")) {
                draft.calls.add(new Call(
                        token,
                        Kind.BOOK,
                        null,
                        List.of(),
                        JSON.createObjectNode(),
                        NOW,
                        NOW,
                        3,
                        Outcome.UNKNOWN,
                        0,
                        0,
                        null));
            }
        }));
    }

    @Test
    void doubleBooking_isFound() {
        finds(
                Promise.NO_OVERLAP,
                draft -> draft.version(UUID.randomUUID(), 1, "CONFIRMED", 1, "chaos-e", null, NOW.plusSeconds(3)));
    }

    @Test
    void formerDoubleBooking_isFound() {
        finds(Promise.NO_OVERLAP, draft -> {
            UUID third = UUID.randomUUID();
            draft.version(third, 1, "CONFIRMED", 1, "chaos-e", null, NOW.plusSeconds(3));
            draft.version(third, 2, "CANCELLED", 1, null, "chaos-f", NOW.plusSeconds(4));
        });
    }

    @Test
    void touchingOrCancelledLectures_areNoDoubleBooking() {
        assertEquals(Set.of(), judged(draft -> {
            draft.version(UUID.randomUUID(), 1, "CONFIRMED", 2, "chaos-e", null, NOW.plusSeconds(3));
            draft.version(draft.second, 2, "CANCELLED", 0, null, "chaos-f", NOW.plusSeconds(4));
            draft.version(UUID.randomUUID(), 1, "CONFIRMED", 0, "chaos-g", null, NOW.plusSeconds(5));
        }));
    }

    @Test
    void gapInVersions_isFound() {
        finds(Promise.VERSIONS_WITHOUT_GAP, draft -> {
            draft.version(draft.second, 3, "CONFIRMED", 8, null, "chaos-e", NOW.plusSeconds(3));
        });
    }

    @Test
    void versionWithoutEvent_isFound() {
        finds(Promise.ONE_EVENT_PER_VERSION, draft -> draft.outbox.removeFirst());
    }

    @Test
    void unpublishedEvent_isFound() {
        finds(Promise.EVERYTHING_ARRIVES, draft -> draft.topic.removeLast());
        finds(Promise.EVERYTHING_ARRIVES, draft -> draft.unpublished = 1);
        finds(Promise.EVERYTHING_ARRIVES, draft -> draft.held = 1);
    }

    @Test
    void eventsOutOfOrder_areFound() {
        finds(Promise.EVENTS_IN_ORDER, draft -> {
            Published a = draft.topic.get(0);
            Published b = draft.topic.get(1);
            draft.topic.set(0, new Published(b.position(), a.id(), a.subject(), a.version(), a.type()));
            draft.topic.set(1, new Published(a.position(), b.id(), b.subject(), b.version(), b.type()));
        });
    }

    @Test
    void repeatOnTheTopic_isAllowed() {
        assertEquals(Set.of(), judged(draft -> {
            Published a = draft.topic.getFirst();
            draft.topic.add(new Published(new Position(0, 99), a.id(), a.subject(), a.version(), a.type()));
        }));
    }

    @Test
    void eventWithoutVersion_isFound() {
        finds(
                Promise.TOPIC_TELLS_THE_TRUTH,
                draft -> draft.topic.add(new Published(
                        new Position(0, 99), UUID.randomUUID(), UUID.randomUUID(), 1, "lectern.booking.confirmed.v1")));
    }

    @Test
    void missingNotice_isFound() {
        finds(Promise.EVERY_BRANCH_NOTIFIED_ONCE, draft -> {
            draft.notices.removeLast();
            draft.deliveries.removeLast();
            draft.mails.removeLast();
        });
    }

    @Test
    void duplicateNotice_isFound() {
        finds(Promise.EVERY_BRANCH_NOTIFIED_ONCE, draft -> {
            Notice was = draft.notices.getLast();
            draft.notices.add(new Notice(
                    UUID.randomUUID(),
                    was.branch(),
                    4,
                    was.event(),
                    was.subject(),
                    was.version(),
                    was.endsAt(),
                    was.toldAt()));
        });
    }

    @Test
    void gapInInboxNumbers_isFound() {
        finds(Promise.EVERY_BRANCH_NOTIFIED_ONCE, draft -> {
            Notice was = draft.notices.removeLast();
            draft.notices.add(new Notice(
                    was.id(), was.branch(), 7, was.event(), was.subject(), was.version(), was.endsAt(), was.toldAt()));
        });
    }

    @Test
    void noticeToAnotherBranch_isFound() {
        finds(Promise.NO_OTHER_BRANCH_NOTIFIED, draft -> {
            Notice was = draft.notices.getLast();
            draft.notices.add(new Notice(
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    1,
                    was.event(),
                    was.subject(),
                    was.version(),
                    was.endsAt(),
                    was.toldAt()));
        });
        finds(
                Promise.NO_OTHER_BRANCH_NOTIFIED,
                draft -> draft.mails.add(new Mail(draft.deliveries.getFirst().id(), "stranger@example.org")));
        finds(Promise.NO_OTHER_BRANCH_NOTIFIED, draft -> draft.mails.add(new Mail(UUID.randomUUID(), "b@example.org")));
        finds(Promise.NO_OTHER_BRANCH_NOTIFIED, draft -> {
            Webhook was = draft.webhooks.getFirst();
            draft.webhooks.add(new Webhook(was.delivery(), "/stranger", was.notice(), true, was.body(), true));
        });
    }

    @Test
    void missingOrDuplicateDelivery_isFound() {
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
    void deliveryThatDidNotArrive_isFound() {
        finds(Promise.EVERYTHING_ARRIVES, draft -> draft.mails.removeLast());
        finds(Promise.EVERYTHING_ARRIVES, draft -> draft.webhooks.removeLast());
        finds(Promise.EVERYTHING_ARRIVES, draft -> {
            Delivery was = draft.deliveries.removeLast();
            draft.webhooks.removeLast();
            draft.deliveries.add(new Delivery(was.id(), was.notice(), was.endpoint(), "DEAD"));
        });
    }

    @Test
    void refusedMessage_isNotDelivered() {
        finds(Promise.EVERYTHING_ARRIVES, draft -> {
            Webhook was = draft.webhooks.removeLast();
            draft.webhooks.add(new Webhook(was.delivery(), was.to(), was.notice(), was.signed(), was.body(), false));
        });
    }

    @Test
    void coalescedNotice_needsTheLaterMessage() {
        Consumer<DraftEvidence> together = draft -> {
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
    void nothingToTell_needsCancelledUnannouncedLecture() {
        Consumer<DraftEvidence> untold = draft -> {
            Delivery was = draft.deliveries.get(4);
            draft.deliveries.set(
                    4, new Delivery(was.id(), was.notice(), was.endpoint(), "SUPERSEDED", "nothing-to-tell", null));
            draft.mails.removeLast();
        };
        finds(Promise.EVERYTHING_ARRIVES, untold);
        assertEquals(Set.of(), judged(untold.andThen(draft -> {
            Version was = draft.bookings.removeLast();
            ObjectNode off = was.state().deepCopy();
            off.put("status", "CANCELLED");
            draft.bookings.add(new Version(was.subject(), was.version(), "X", was.at(), was.reason(), off));
            draft.calls.removeIf(call -> call.token().equals("chaos-c"));
        })));
    }

    @Test
    void messagesOutOfOrder_areFoundAndRepeatsAllowed() {
        finds(Promise.ALERTS_IN_ORDER, draft -> draft.mails.addFirst(draft.mails.remove(1)));
        finds(Promise.ALERTS_IN_ORDER, draft -> draft.webhooks.addFirst(draft.webhooks.remove(1)));
        assertEquals(Set.of(), judged(draft -> draft.mails.add(draft.mails.getFirst())));
        assertEquals(Set.of(), judged(draft -> draft.webhooks.add(draft.webhooks.getFirst())));
    }

    @Test
    void inconsistentOrUnsignedWebhook_isFound() {
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
    void partitionOfABooking_changesOnlyAfterOneWasAdded() {
        Consumer<DraftEvidence> moved = draft -> {
            Published was = draft.topic.remove(1);
            draft.topic.add(new Published(new Position(5, 0), was.id(), was.subject(), was.version(), was.type()));
        };
        finds(Promise.EVENTS_IN_ORDER, moved);
        assertEquals(Set.of(), judged(moved.andThen(draft -> draft.partitionsAdded = true)));
        finds(Promise.EVENTS_IN_ORDER, draft -> {
            draft.partitionsAdded = true;
            Published first = draft.topic.get(0);
            draft.topic.set(
                    0, new Published(new Position(0, 99), first.id(), first.subject(), first.version(), first.type()));
        });
    }

    @Test
    void lostPoisonOrQuarantinedEvent_isFound() {
        finds(Promise.POISON_SET_ASIDE, draft -> draft.planted.add(new Position(3, 7)));
        finds(Promise.POISON_SET_ASIDE, draft -> draft.quarantined.add(new Position(3, 7)));
        assertEquals(Set.of(), judged(draft -> {
            draft.planted.add(new Position(3, 7));
            draft.quarantined.add(new Position(3, 7));
        }));
    }

    @Test
    void lostOrInventedAcknowledgement_isFound() {
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

    private static Acknowledged told(DraftEvidence draft) {
        Notice notice = draft.notices.getFirst();
        return new Acknowledged(notice.subject(), notice.branch(), notice.version());
    }

    @Test
    void leakedSecret_isFound() {
        finds(Promise.NO_SECRET_OUTSIDE, draft -> draft.secrets.add("on the topic"));
    }
}
