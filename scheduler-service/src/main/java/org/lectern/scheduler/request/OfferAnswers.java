package org.lectern.scheduler.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/**
 * Answers to offers that branches gave through the link in a message. They have the same effect as answers over the
 * API: only at the version that the branch was notified of, and once.
 */
@ApplicationScoped
public class OfferAnswers {

    /** The actor in the history of the request; the person behind a link is unknown. */
    private static final String ACTOR = "offer-link";

    private final RequestService requests;

    @Inject
    OfferAnswers(RequestService requests) {
        this.requests = requests;
    }

    /**
     * An answer.
     *
     * @param event the id of its event; a duplicate has no effect
     * @param version of the request when it was offered to the branch
     * @param taken accepted or declined
     */
    public record OfferAnswer(UUID event, UUID request, UUID branch, int version, boolean taken) {}

    /**
     * Accepts or declines the offer, in its own transactions.
     *
     * @throws Refusal when the offer is no longer valid, which events of the request notify the branch of, or when another
     *     transaction interfered
     */
    public void take(OfferAnswer answer) {
        var key = new IdempotencyKey(ACTOR, answer.event().toString());
        Optional<Set<UUID>> itself = Optional.of(Set.of(answer.branch()));
        if (answer.taken()) {
            requests.takeOffer(key, itself, answer.request(), answer.version());
        } else {
            requests.declineOffer(key, itself, answer.request(), answer.version(), ReasonRequest.NONE);
        }
    }
}
