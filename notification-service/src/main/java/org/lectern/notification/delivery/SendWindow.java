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
 * Applies a branch's delivery preferences at each claim. So they hold for first attempts, retries, and deliveries
 * delayed by a breaker or a disabled endpoint. Urgent notices never wait, and no notice waits until it expires.
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

    /** The reason against sending now, as an outcome; empty if it may be sent. */
    Optional<DeliveryOutcome> against(Lease lease, @Nullable Channel channel) {
        if (lease.letter().urgent() || channel == null || !channel.reachesPeople()) {
            return Optional.empty();
        }
        if (lease.unsubscribed()) {
            return Optional.of(new DeliveryOutcome.Failed("unsubscribed"));
        }
        if (lease.message() != null && channel.digests() > 0) {
            return Optional.empty(); // the chosen hour has already passed
        }
        Instant now = clock.instant();
        Optional<Instant> digest = inDigest(lease, channel) ? digestOf(lease) : Optional.empty();
        if (digest.isPresent() && now.isBefore(digest.get())) {
            return Optional.of(new DeliveryOutcome.Deferred(digest.get(), "digest"));
        }
        if (digest.isPresent()) {
            return Optional.empty(); // the branch chose this hour itself
        }
        return lease.wishes()
                .quietUntil(now)
                .filter(end -> end.isBefore(lease.expiresAt()))
                .map(end -> new DeliveryOutcome.Deferred(end, "quiet-hours"));
    }

    /**
     * Whether it goes into the daily digest. Excluded are offers, notices about endpoints, urgent notices, and notices
     * that become urgent before the digest. A delivery once sent in a digest stays in it for retries.
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
