package org.lectern.scheduler.request;

import java.time.OffsetDateTime;
import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The time to answer the offer has ended; the request waits again. */
final class OfferExpired extends Refusal {
    OfferExpired(OffsetDateTime expiredAt) {
        super(409, "offer-expired", List.of(), expiredAt);
        member("expiredAt", expiredAt);
        member("requestStatus", RequestStatus.WAITING.name());
    }
}
