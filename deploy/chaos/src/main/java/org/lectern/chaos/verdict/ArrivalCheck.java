package org.lectern.chaos.verdict;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.evidence.Evidence.Delivery;
import org.lectern.chaos.evidence.Evidence.Endpoint;
import org.lectern.chaos.evidence.Evidence.Notice;
import org.lectern.chaos.system.Receivers.Webhook;
import org.lectern.chaos.verdict.Violation.Promise;

/** Each delivery arrived at its own address, and first arrivals follow the order of the subject's versions. */
final class ArrivalCheck {

    private final Evidence evidence;
    private final Violations violations;

    ArrivalCheck(Evidence evidence, Violations violations) {
        this.evidence = evidence;
        this.violations = violations;
    }

    /** An arrived message: a mail or a webhook. */
    private record Arrival(UUID delivery, String to, boolean accepted) {}

    void check() {
        Map<UUID, Delivery> deliveries =
                evidence.deliveries().stream().collect(Collectors.toMap(Delivery::id, Function.identity()));
        Map<UUID, Notice> notices =
                evidence.notices().stream().collect(Collectors.toMap(Notice::id, Function.identity()));
        Map<UUID, Endpoint> endpoints =
                evidence.endpoints().stream().collect(Collectors.toMap(Endpoint::id, Function.identity()));
        Set<UUID> seen = new HashSet<>();
        Set<UUID> accepted = new HashSet<>();
        Map<String, Integer> last = new HashMap<>();
        for (Arrival arrival : arrivals()) {
            Delivery delivery = deliveries.get(arrival.delivery());
            Endpoint endpoint = delivery == null ? null : endpoints.get(delivery.endpoint());
            Notice notice = delivery == null ? null : notices.get(delivery.notice());
            if (endpoint == null || notice == null || !endpoint.address().equals(arrival.to())) {
                violations.add(Promise.NO_OTHER_BRANCH_NOTIFIED, arrival.toString());
                continue;
            }
            if (arrival.accepted()) {
                accepted.add(arrival.delivery());
            }
            if (seen.add(arrival.delivery())) {
                String line = arrival.to() + " " + notice.subject();
                int before = last.getOrDefault(line, 0);
                if (notice.version() <= before) {
                    violations.add(
                            Promise.ALERTS_IN_ORDER,
                            arrival.to() + " got version " + notice.version() + " of " + notice.subject()
                                    + " after version " + before);
                }
                last.put(line, notice.version());
            }
        }
        for (Delivery delivery : evidence.deliveries()) {
            if (delivery.state().equals("DELIVERED") && !accepted.contains(delivery.id())) {
                violations.add(
                        Promise.EVERYTHING_ARRIVES,
                        "delivery " + delivery.id() + " counts as delivered, but no receiver accepted it");
            }
        }
        webhooks();
    }

    private List<Arrival> arrivals() {
        return Stream.concat(
                        evidence.mails().stream().map(mail -> new Arrival(mail.delivery(), mail.to(), true)),
                        evidence.webhooks().stream()
                                .map(message -> new Arrival(message.delivery(), message.to(), message.accepted())))
                .toList();
    }

    /**
     * Deduplication by id must yield each notice once: one id per notice and receiver, always with the same content.
     */
    private void webhooks() {
        Map<String, UUID> ids = new HashMap<>();
        Map<UUID, String> bodies = new HashMap<>();
        for (Webhook message : evidence.webhooks()) {
            if (!message.signed()) {
                violations.add(Promise.WEBHOOKS_ONE_ID, "the signature does not fit: " + message);
            }
            String what = message.to() + " " + message.notice();
            if (!ids.computeIfAbsent(what, any -> message.delivery()).equals(message.delivery())) {
                violations.add(
                        Promise.WEBHOOKS_ONE_ID, "one notice under two ids: " + message + " and " + ids.get(what));
            }
            String body = bodies.computeIfAbsent(message.delivery(), any -> message.body());
            if (!body.equals(message.body())) {
                violations.add(Promise.WEBHOOKS_ONE_ID, "one id with two bodies: " + message);
            }
        }
    }
}
