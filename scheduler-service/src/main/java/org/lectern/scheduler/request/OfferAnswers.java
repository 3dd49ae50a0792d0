package org.lectern.scheduler.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/**
 * Answers to offers that branches gave by the link in a message. They count exactly as answers over the API: while the
 * request is at the version that the branch was told of, and once.
 */
@ApplicationScoped
public class OfferAnswers {

    /** Who acts in the history of the request; the person behind a link is not known. */
    private static final String ACTOR = "offer-link";

    /** Refusals that say nothing about the answer: another transaction was in the way. */
    private static final Set<String> TRANSIENT = Set.of("slot-contended", "request-in-progress");

    private final RequestService requests;

    @Inject
    OfferAnswers(RequestService requests) {
        this.requests = requests;
    }

    /**
     * An answer.
     *
     * @param event the id of its event: the same answer again changes nothing
     * @param version of the request that was offered to the branch
     * @param taken or declined
     */
    public record OfferAnswer(UUID event, UUID request, UUID branch, int version, boolean taken) {}

    /**
     * Takes or declines the offer, in transactions of its own.
     *
     * @return the code of the refusal when the offer no longer stands; its branch has been told, or will be, by the request's
     *     events
     * @throws Refusal when it must be tried again
     */
    public Optional<String> take(OfferAnswer answer) {
        var key = new IdempotencyKey(ACTOR, answer.event().toString());
        Optional<Set<UUID>> itself = Optional.of(Set.of(answer.branch()));
        try {
            if (answer.taken()) {
                requests.takeOffer(key, itself, answer.request(), answer.version());
            } else {
                requests.declineOffer(key, itself, answer.request(), answer.version(), new ReasonRequest(null));
            }
            return Optional.empty();
        } catch (Refusal refused) {
            if (TRANSIENT.contains(refused.code()) || refused.status() >= 500) {
                throw refused;
            }
            return Optional.of(refused.code());
        }
    }
}
