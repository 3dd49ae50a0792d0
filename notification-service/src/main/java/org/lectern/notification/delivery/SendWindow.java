package org.lectern.notification.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.notice.NoticeConfig;
import org.lectern.notification.preference.DeliveryPreferences;

/**
 * Whether now is the time to tell a branch something, by its own wishes. It is asked for each delivery when it is
 * claimed, so it holds for first attempts, retries and what a breaker or a switched-off endpoint has kept waiting alike.
 * What is urgent waits for nothing, and nothing waits until it is worth nothing.
 */
@ApplicationScoped
class SendWindow {

    private final NoticeConfig notices;
    private final Clock clock;

    @Inject
    SendWindow(NoticeConfig notices, Clock clock) {
        this.notices = notices;
        this.clock = clock;
    }

    /** What becomes of it instead of being sent now; nothing when it may go. */
    Optional<DeliveryOutcome> against(Lease lease, @Nullable Channel channel) {
        if (lease.letter().urgent() || channel == null || !channel.reachesPeople()) {
            return Optional.empty();
        }
        if (lease.unsubscribed()) {
            return Optional.of(new DeliveryOutcome.GiveUp("unsubscribed"));
        }
        if (lease.message() != null && channel.digests() > 0) {
            return Optional.empty(); // its hour has come before
        }
        Instant now = clock.instant();
        Optional<Instant> digest = inDigest(lease, channel) ? digestOf(lease) : Optional.empty();
        if (digest.isPresent() && now.isBefore(digest.get())) {
            return Optional.of(new DeliveryOutcome.NotYet(digest.get(), "digest"));
        }
        if (digest.isPresent()) {
            return Optional.empty(); // its hour is the branch's own choice
        }
        return lease.wishes()
                .quietUntil(now)
                .filter(end -> end.isBefore(lease.expiresAt()))
                .map(end -> new DeliveryOutcome.NotYet(end, "quiet-hours"));
    }

    /**
     * Whether it goes out with others, once a day: neither what is urgent nor what will be by then, nor an offer. What went
     * out so is sent again so.
     */
    boolean inDigest(Lease lease, Channel channel) {
        OutgoingMessage.About about = lease.letter().about();
        if (lease.message() != null && channel.digests() > 0) {
            return true;
        }
        if (lease.letter().urgent()
                || channel.digests() == 0
                || about == null
                || about.kind().equals("REQUEST_OFFERED")
                || about.kind().startsWith("ENDPOINT_")) {
            return false;
        }
        Instant start = about.start();
        return digestOf(lease)
                .filter(digest -> digest.isBefore(lease.expiresAt()))
                .filter(digest ->
                        start == null || digest.plus(notices.urgentWithin()).isBefore(start))
                .isPresent();
    }

    private static Optional<Instant> digestOf(Lease lease) {
        OutgoingMessage.About about = lease.letter().about();
        DeliveryPreferences wishes = lease.wishes();
        return about == null ? Optional.empty() : wishes.digestAfter(about.writtenAt());
    }
}
