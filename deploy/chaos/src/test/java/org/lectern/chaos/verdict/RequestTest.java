package org.lectern.chaos.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lectern.chaos.verdict.DraftEvidence.NOW;
import static org.lectern.chaos.verdict.DraftEvidence.finds;
import static org.lectern.chaos.verdict.DraftEvidence.judged;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lectern.chaos.evidence.Evidence.Delivery;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.load.Call.Kind;
import org.lectern.chaos.load.Call.Outcome;
import org.lectern.chaos.verdict.Violation.Promise;

/** Lecture requests are judged like bookings, and together with the bookings that answer them. */
class RequestTest {

    private static final Instant LATER = NOW.plusSeconds(10);

    /** A request gets an offer with a held slot, and the branch takes the offer. */
    private static final class Story implements Consumer<DraftEvidence> {

        private final UUID request = UUID.randomUUID();
        private final UUID booking = UUID.randomUUID();

        @Override
        public void accept(DraftEvidence draft) {
            Version asked =
                    draft.request(request, 1, "REQUESTED", draft.requestState("WAITING", "chaos-q1"), null, List.of());
            draft.call("chaos-q1", Kind.ASK, asked, Outcome.ACKNOWLEDGED);
            ObjectNode held = draft.state("HELD", 10, "chaos-q2");
            draft.booking(booking, 1, held, "lectern.booking.held.v1", null, LATER, List.of());
            ObjectNode offered = draft.requestState("OFFERED", "chaos-q1");
            offered.putObject("offer").put("bookingId", booking.toString());
            Version offer = draft.request(request, 2, "OFFERED", offered, null, List.of(draft.branch));
            draft.call("chaos-q2", Kind.OFFER, offer, Outcome.ACKNOWLEDGED);
            draft.booking(
                    booking,
                    2,
                    draft.state("CONFIRMED", 10, "chaos-q2"),
                    "lectern.booking.confirmed.v1",
                    null,
                    LATER.plusSeconds(1),
                    List.of(draft.branch));
            ObjectNode accepted = draft.requestState("ACCEPTED", "chaos-q1").put("bookingId", booking.toString());
            draft.call(
                    "chaos-q3",
                    Kind.TAKE,
                    draft.request(request, 3, "ACCEPTED", accepted, null, List.of()),
                    Outcome.ACKNOWLEDGED);
        }
    }

    private static Consumer<DraftEvidence> story(Consumer<DraftEvidence> tampering) {
        return new Story().andThen(tampering);
    }

    @Test
    void honestRequest_isHonest() {
        assertEquals(Set.of(), judged(story(draft -> {})));
    }

    @Test
    void lostVersion_isFound() {
        finds(Promise.NOTHING_LOST, story(draft -> draft.requests.removeLast()));
        finds(Promise.ONE_EVENT_PER_VERSION, story(draft -> draft.requests.removeLast()));
    }

    @Test
    void gapInVersions_isFound() {
        finds(Promise.VERSIONS_WITHOUT_GAP, story(draft -> draft.requests.remove(1)));
    }

    @Test
    void oneKeyWithTwoRequests_isFound() {
        finds(
                Promise.ONE_KEY_ONE_EFFECT,
                story(draft -> draft.request(
                        UUID.randomUUID(),
                        1,
                        "REQUESTED",
                        draft.requestState("WAITING", "chaos-q1"),
                        null,
                        List.of())));
    }

    @Test
    void refusedRequestThatIsThere_isFound() {
        finds(Promise.NOTHING_REFUSED_HAPPENED, story(draft -> {
            draft.refused("chaos-q9", Kind.ASK);
            draft.request(
                    UUID.randomUUID(), 1, "REQUESTED", draft.requestState("WAITING", "chaos-q9"), null, List.of());
        }));
    }

    @Test
    void refusedAnswerThatBookedNevertheless_isFound() {
        finds(Promise.NOTHING_REFUSED_HAPPENED, story(draft -> {
            draft.refused("chaos-q8", Kind.ACCEPT);
            draft.version(UUID.randomUUID(), 1, "CONFIRMED", 20, "chaos-q8", null, LATER);
        }));
    }

    @Test
    void eventThatIsMissingOnTheTopic_isFound() {
        finds(Promise.EVERYTHING_ARRIVES, story(draft -> draft.requestTopic.removeLast()));
    }

    @Test
    void missingNoticeOfAnOffer_isFound() {
        finds(Promise.EVERY_BRANCH_NOTIFIED_ONCE, story(draft -> {
            UUID offered = draft.requestOutbox.get(1).id();
            draft.notices.removeIf(notice -> notice.event().equals(offered));
        }));
    }

    @Test
    void noticeOfTheBranchsOwnAction_isFound() {
        finds(
                Promise.NO_OTHER_BRANCH_NOTIFIED,
                story(draft -> draft.request(
                        UUID.randomUUID(),
                        1,
                        "REQUESTED",
                        draft.requestState("WAITING", "chaos-q7"),
                        null,
                        List.of(draft.branch))));
    }

    @Test
    void acceptedRequestWithoutItsLecture_isFound() {
        Story story = new Story();
        finds(
                Promise.REQUESTS_MATCH_BOOKINGS,
                story.andThen(draft -> draft.bookings.removeIf(
                        version -> version.subject().equals(story.booking) && version.version() == 2)));
    }

    @Test
    void lectureOfAnAnswerThatNoRequestKnows_isFound() {
        finds(Promise.REQUESTS_MATCH_BOOKINGS, story(draft -> {
            Version alone = draft.version(UUID.randomUUID(), 1, "CONFIRMED", 20, "chaos-q6", null, LATER);
            draft.call("chaos-q6", Kind.ACCEPT, alone, Outcome.UNKNOWN);
        }));
    }

    @Test
    void offerWithoutAHeldSlot_isFound() {
        finds(Promise.REQUESTS_MATCH_BOOKINGS, story(draft -> {
            draft.requests.removeLast();
            draft.requestOutbox.removeLast();
            draft.requestTopic.removeLast();
        }));
    }

    /** Removes the alerts of the offer. */
    private static Consumer<DraftEvidence> offerWithoutAlerts(Instant expiresAt) {
        return story(draft -> {
            Version offer = draft.requests.get(1);
            ((ObjectNode) offer.state().path("offer")).put("expiresAt", expiresAt.toString());
            UUID event = draft.requestOutbox.get(1).id();
            draft.notices.stream()
                    .filter(notice -> notice.event().equals(event))
                    .forEach(notice -> draft.deliveries.removeIf(delivery -> {
                        boolean of = delivery.notice().equals(notice.id());
                        if (of) {
                            draft.mails.removeIf(mail -> mail.delivery().equals(delivery.id()));
                            draft.webhooks.removeIf(
                                    message -> message.delivery().equals(delivery.id()));
                        }
                        return of;
                    }));
        });
    }

    @Test
    void expiredOffer_needsNoMessage() {
        assertEquals(Set.of(), judged(offerWithoutAlerts(NOW.minusSeconds(1))));
    }

    @Test
    void offerThatIsNotAnnounced_isFound() {
        finds(Promise.ONE_DELIVERY_PER_ENDPOINT, offerWithoutAlerts(NOW.plusSeconds(60)));
    }

    @Test
    void onlyAlertsOfOffersMayExpire() {
        finds(Promise.EVERYTHING_ARRIVES, draft -> {
            var was = draft.deliveries.getFirst();
            draft.deliveries.set(0, new Delivery(was.id(), was.notice(), was.endpoint(), "DEAD", "expired", null));
        });
    }
}
