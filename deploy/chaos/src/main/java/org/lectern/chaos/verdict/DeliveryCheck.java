package org.lectern.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.evidence.Evidence.Delivery;
import org.lectern.chaos.evidence.Evidence.Endpoint;
import org.lectern.chaos.evidence.Evidence.Notice;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.verdict.Violation.Promise;

/** Each notice has one delivery per endpoint. Each delivery ends delivered, superseded or expired with its offer. */
final class DeliveryCheck {

    /** How long after a notice is written the service may decide that an alert is obsolete. */
    private static final Duration TELLING = Duration.ofSeconds(1);

    private final Evidence evidence;
    private final Violations violations;
    private final Map<UUID, Notice> notices;
    private final Map<UUID, Delivery> deliveries;
    private final Map<String, JsonNode> states;

    DeliveryCheck(Evidence evidence, Violations violations) {
        this.evidence = evidence;
        this.violations = violations;
        notices = evidence.notices().stream().collect(Collectors.toMap(Notice::id, Function.identity()));
        deliveries = evidence.deliveries().stream().collect(Collectors.toMap(Delivery::id, Function.identity()));
        states = Stream.concat(evidence.bookings().versions().stream(), evidence.requests().versions().stream())
                .collect(Collectors.toMap(
                        version -> version.subject() + " " + version.version(), Version::state, (one, two) -> one));
    }

    void check() {
        Map<UUID, List<Endpoint>> endpoints =
                Grouping.grouped(evidence.endpoints(), Endpoint::branch, Comparator.comparing(Endpoint::id));
        Map<UUID, List<Delivery>> byNotice =
                Grouping.grouped(evidence.deliveries(), Delivery::notice, Comparator.comparing(Delivery::id));
        for (Notice notice : evidence.notices()) {
            Instant worthUntil = worthUntil(notice);
            if (worthUntil != null && worthUntil.isBefore(notice.toldAt().plus(TELLING))) {
                continue; // written after the lecture or the offer ended: no alert is due
            }
            Set<UUID> expected = endpoints.getOrDefault(notice.branch(), List.of()).stream()
                    .map(Endpoint::id)
                    .collect(Collectors.toSet());
            List<UUID> there = byNotice.getOrDefault(notice.id(), List.of()).stream()
                    .map(Delivery::endpoint)
                    .toList();
            if (there.size() != expected.size() || !expected.equals(new HashSet<>(there))) {
                violations.add(
                        Promise.ONE_DELIVERY_PER_ENDPOINT,
                        "notice " + notice.id() + " goes to " + there + " instead of " + expected);
            }
        }
        for (Delivery delivery : evidence.deliveries()) {
            if (!notices.containsKey(delivery.notice())) {
                violations.add(Promise.ONE_DELIVERY_PER_ENDPOINT, "of no notice: " + delivery);
            }
            if (!delivery.state().equals("DELIVERED") && !isToldOtherwise(delivery) && !isOfferThatExpired(delivery)) {
                violations.add(Promise.EVERYTHING_ARRIVES, delivery.toString());
            }
        }
    }

    /** The end of the offer that the notice is about, otherwise the end of the lecture. */
    private @Nullable Instant worthUntil(Notice notice) {
        JsonNode state = states.get(notice.subject() + " " + notice.version());
        Instant offered = state == null ? null : offeredUntil(state);
        return offered == null ? notice.endsAt() : offered;
    }

    private static @Nullable Instant offeredUntil(JsonNode state) {
        JsonNode expiry = state.path("offer").path("expiresAt");
        return expiry.isTextual() ? States.time(expiry, Instant.MAX) : null;
    }

    /** True if it was not delivered before its offer ended. */
    private boolean isOfferThatExpired(Delivery delivery) {
        Notice notice = notices.get(delivery.notice());
        return notice != null
                && delivery.state().equals("DEAD")
                && "expired".equals(delivery.reason())
                && offeredUntil(state(notice)) != null;
    }

    /** True if a later message covers it, or it had become obsolete. */
    private boolean isToldOtherwise(Delivery delivery) {
        Notice notice = notices.get(delivery.notice());
        if (!delivery.state().equals("SUPERSEDED") || notice == null) {
            return false;
        }
        if (delivery.coalesced() != null) {
            // the covering delivery is in the queue too, and must arrive
            Delivery later = deliveries.get(delivery.coalesced());
            Notice news = later == null ? null : notices.get(later.notice());
            return later != null
                    && news != null
                    && later.endpoint().equals(delivery.endpoint())
                    && news.subject().equals(notice.subject())
                    && news.version() > notice.version();
        }
        // valid if the endpoint never got a message about the lecture and it is cancelled, or if it has the state it
        // knows
        JsonNode now = state(notice);
        return evidence.deliveries().stream()
                .filter(each -> each.endpoint().equals(delivery.endpoint())
                        && each.state().equals("DELIVERED"))
                .map(each -> notices.get(each.notice()))
                .filter(Objects::nonNull)
                .filter(each -> each.subject().equals(notice.subject()) && each.version() < notice.version())
                .max(Comparator.comparingInt(Notice::version))
                .map(heard -> means(state(heard), notice.branch(), now))
                .orElseGet(() -> isOff(now, notice.branch()));
    }

    /** True if two states are equal for a branch, which does not see changes of other guests. */
    private static boolean means(JsonNode heard, UUID branch, JsonNode now) {
        boolean off = isOff(heard, branch);
        return off == isOff(now, branch) && (off || States.sameLecture(heard, now));
    }

    /** True if the lecture does not take place for that branch. */
    private static boolean isOff(JsonNode state, UUID branch) {
        return States.status(state).equals("CANCELLED")
                || !States.recipients(state).contains(branch.toString());
    }

    private JsonNode state(Notice notice) {
        return Objects.requireNonNull(states.get(notice.subject() + " " + notice.version()), notice.toString());
    }
}
