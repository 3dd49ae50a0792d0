package org.lectern.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.load.Call.Outcome;
import org.lectern.chaos.load.Load;
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

/**
 * Says from the evidence of a run which promises were broken (section 6 of the design). It knows nothing of how the
 * services keep them: neither locks nor constraints. The method is Jepsen's: record every call and its answer, inject
 * faults, judge afterwards.
 */
public final class Checker {

    /** Which events a branch is told of; of holds it hears only once they are confirmed. */
    private static final Set<String> TOLD = Set.of(
            "lectern.booking.confirmed.v1",
            "lectern.booking.rescheduled.v1",
            "lectern.booking.reassigned.v1",
            "lectern.booking.cancelled.v1");

    private static final Set<String> OCCUPYING = Set.of("HELD", "CONFIRMED", "COMPLETED");

    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();

    private Checker(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Every broken promise; none if all were kept. */
    public static List<Violation> judge(Evidence evidence) {
        Checker checker = new Checker(evidence);
        checker.calls();
        checker.versions();
        checker.overlaps();
        checker.events();
        checker.notices();
        checker.deliveries();
        checker.arrivals();
        checker.webhooks();
        checker.acknowledgements();
        checker.poison();
        evidence.secrets().forEach(place -> checker.broken(Promise.NO_SECRET_OUTSIDE, place));
        return List.copyOf(checker.violations);
    }

    /** How many records of the topic say what an earlier one said. */
    public static int repeatsOnTopic(Evidence evidence) {
        return evidence.topic().size()
                - (int) evidence.topic().stream().map(Published::id).distinct().count();
    }

    /** How many webhook messages have the id of an earlier one: whoever remembers ids takes none of them twice. */
    public static int repeatedWebhooks(Evidence evidence) {
        return evidence.webhooks().size()
                - (int) evidence.webhooks().stream()
                        .map(Webhook::delivery)
                        .distinct()
                        .count();
    }

    /** How many deliveries were not made because a later one told it too, or nothing was left to tell. */
    public static int toldTogether(Evidence evidence) {
        return (int) evidence.deliveries().stream()
                .filter(delivery -> delivery.state().equals("SUPERSEDED"))
                .count();
    }

    /** How many mails say what an earlier one said. */
    public static int repeatedMails(Evidence evidence) {
        return evidence.mails().size()
                - (int) evidence.mails().stream().map(Mail::delivery).distinct().count();
    }

    private void broken(Promise promise, String what) {
        violations.add(new Violation(promise, what));
    }

    /** What was acknowledged is there as acknowledged, what was refused is not, and nothing is there twice. */
    private void calls() {
        Map<String, List<Version>> effects = new HashMap<>();
        for (Version version : evidence.versions()) {
            for (String token : tokens(version)) {
                effects.computeIfAbsent(token, any -> new ArrayList<>()).add(version);
            }
        }
        for (Call call : evidence.calls()) {
            List<Version> found = effects.getOrDefault(call.token(), List.of());
            if (found.size() > 1) {
                broken(
                        Promise.ONE_KEY_ONE_EFFECT,
                        call.kind() + " " + call.token() + " took effect " + found.size() + " times");
            }
            switch (call.outcome()) {
                case ACKNOWLEDGED -> acknowledged(call, found);
                case REFUSED -> {
                    if (!found.isEmpty()) {
                        broken(
                                Promise.NOTHING_REFUSED_HAPPENED,
                                call.kind() + " " + call.token() + " was answered "
                                        + call.status() + " but is version "
                                        + found.getFirst().version() + " of "
                                        + found.getFirst().booking());
                    }
                }
                case UNKNOWN -> {}
            }
        }
    }

    private void acknowledged(Call call, List<Version> found) {
        JsonNode answer = call.answer();
        if (answer == null) {
            broken(Promise.NOTHING_LOST, call.kind() + " " + call.token() + " was acknowledged without an answer");
            return;
        }
        // what carries no words of the caller is found by booking and version
        boolean there = evidence.versions().isEmpty()
                ? false
                : (call.kind().equals("confirm") ? versionsOf(call.booking()) : found)
                        .stream()
                                .anyMatch(version ->
                                        version.version() == call.version() && same(version.state(), answer));
        if (!there) {
            broken(
                    Promise.NOTHING_LOST,
                    call.kind() + " " + call.token() + " was acknowledged as version " + call.version() + " of "
                            + call.booking() + ", which is not in the history like that");
        }
    }

    private List<Version> versionsOf(@Nullable String booking) {
        return booking == null ? List.of() : byBooking().getOrDefault(UUID.fromString(booking), List.of());
    }

    private @Nullable Map<UUID, List<Version>> byBooking;

    private Map<UUID, List<Version>> byBooking() {
        Map<UUID, List<Version>> known = byBooking;
        if (known == null) {
            known = grouped(evidence.versions(), Version::booking, Comparator.comparingInt(Version::version));
            byBooking = known;
        }
        return known;
    }

    private static boolean same(JsonNode state, JsonNode answer) {
        for (String field : List.of("status", "start", "end")) {
            if (!state.path(field).asText().equals(answer.path(field).asText())) {
                return false;
            }
        }
        for (String party : List.of("lecturer", "branch", "topic", "venue")) {
            if (!state.path(party)
                    .path("id")
                    .asText()
                    .equals(answer.path(party).path("id").asText())) {
                return false;
            }
        }
        return true;
    }

    /** The tokens of the change that made a version: the note at the first, the reason afterwards. */
    private static List<String> tokens(Version version) {
        List<String> tokens = new ArrayList<>();
        if (version.version() == 1) {
            add(tokens, version.state().path("note").asText(""));
        }
        add(tokens, version.reason());
        return tokens;
    }

    private static void add(List<String> tokens, @Nullable String text) {
        if (text != null && text.startsWith(Load.TOKEN)) {
            tokens.add(text);
        }
    }

    private void versions() {
        byBooking().forEach((booking, versions) -> {
            for (int i = 0; i < versions.size(); i++) {
                if (versions.get(i).version() != i + 1) {
                    broken(
                            Promise.VERSIONS_WITHOUT_GAP,
                            booking + " has version " + versions.get(i).version() + " where " + (i + 1) + " should be");
                    return;
                }
            }
        });
    }

    /** What a version takes of somebody's time. */
    private record Occupation(UUID booking, Instant from, Instant until, Instant end) {

        boolean overlaps(Occupation other) {
            return from.isBefore(other.until) && other.from.isBefore(until);
        }
    }

    /**
     * Goes through all changes in the order of their time, which is taken under the lock of what they occupy, and
     * keeps for each lecturer, venue and branch what is occupied at that moment. A hold counts until it expires.
     */
    private void overlaps() {
        Map<String, Map<UUID, Occupation>> occupied = new HashMap<>();
        Map<UUID, Set<String>> resources = new HashMap<>();
        List<Version> inTime = evidence.versions().stream()
                .sorted(Comparator.comparing(Version::at).thenComparing(Version::version))
                .toList();
        Set<String> told = new HashSet<>();
        for (Version version : inTime) {
            for (String resource : resources.getOrDefault(version.booking(), Set.of())) {
                occupied.getOrDefault(resource, new HashMap<>()).remove(version.booking());
            }
            resources.remove(version.booking());
            if (!OCCUPYING.contains(version.state().path("status").asText())) {
                continue;
            }
            Occupation taken = occupation(version);
            Set<String> takes = takes(version.state());
            resources.put(version.booking(), takes);
            for (String resource : takes) {
                Map<UUID, Occupation> there = occupied.computeIfAbsent(resource, any -> new LinkedHashMap<>());
                for (Occupation other : there.values()) {
                    if (other.end().isAfter(version.at()) && taken.overlaps(other)) {
                        String pair = resource + " was booked twice: by " + version.booking() + " version "
                                + version.version() + " and by " + other.booking();
                        if (told.add(pair)) {
                            broken(Promise.NO_OVERLAP, pair);
                        }
                    }
                }
                there.put(version.booking(), taken);
            }
        }
    }

    private static Occupation occupation(Version version) {
        JsonNode state = version.state();
        Instant end = Instant.MAX;
        if (state.path("status").asText().equals("HELD")) {
            end = time(state.path("hold").path("expiresAt"), Instant.MAX);
        }
        return new Occupation(
                version.booking(),
                time(state.path("occupiedFrom"), time(state.path("start"), Instant.MIN)),
                time(state.path("occupiedUntil"), time(state.path("end"), Instant.MAX)),
                end);
    }

    private static Instant time(JsonNode text, Instant otherwise) {
        return text.isTextual() ? OffsetDateTime.parse(text.asText()).toInstant() : otherwise;
    }

    private static Set<String> takes(JsonNode state) {
        Set<String> takes = new HashSet<>();
        for (String party : List.of("lecturer", "venue", "branch")) {
            String id = state.path(party).path("id").asText("");
            if (!id.isEmpty()) {
                takes.add(party + " " + id);
            }
        }
        return takes;
    }

    /** One event per version, all of them on the topic, first occurrences in order, nothing else there. */
    private void events() {
        Map<UUID, List<Written>> written =
                grouped(evidence.outbox(), Written::booking, Comparator.comparingInt(Written::version));
        byBooking().forEach((booking, versions) -> {
            List<Integer> events = written.getOrDefault(booking, List.of()).stream()
                    .map(Written::version)
                    .toList();
            List<Integer> expected = versions.stream().map(Version::version).toList();
            if (!events.equals(expected)) {
                broken(Promise.ONE_EVENT_PER_VERSION, booking + " has versions " + expected + " and events " + events);
            }
        });
        Map<UUID, Written> byId = evidence.outbox().stream().collect(Collectors.toMap(Written::id, event -> event));
        Map<UUID, Integer> partition = new HashMap<>();
        Map<String, Integer> last = new HashMap<>();
        Set<UUID> seen = new HashSet<>();
        List<Published> topic = evidence.topic().stream()
                .sorted(Comparator.comparing(
                                (Published event) -> event.position().partition())
                        .thenComparing(event -> event.position().offset()))
                .toList();
        for (Published event : topic) {
            Written source = byId.get(event.id());
            if (source == null
                    || !source.booking().equals(event.booking())
                    || source.version() != event.version()
                    || !source.type().equals(event.type())) {
                broken(Promise.TOPIC_TELLS_THE_TRUTH, event.toString());
                continue;
            }
            int there = event.position().partition();
            if (partition.computeIfAbsent(event.booking(), any -> there) != there && !evidence.partitionsAdded()) {
                broken(Promise.EVENTS_IN_ORDER, event.booking() + " is on two partitions");
            }
            if (!seen.add(event.id())) {
                continue;
            }
            // a booking that changed its partition goes on in the other one from where it was
            String line = evidence.partitionsAdded()
                    ? event.booking() + " " + there
                    : event.booking().toString();
            int before = last.getOrDefault(line, 0);
            boolean follows = evidence.partitionsAdded() ? event.version() > before : event.version() == before + 1;
            if (!follows) {
                broken(
                        Promise.EVENTS_IN_ORDER,
                        event.booking() + " version " + event.version() + " follows version " + before + " at "
                                + event.position());
            }
            last.put(line, Math.max(before, event.version()));
        }
        for (Written event : evidence.outbox()) {
            if (!seen.contains(event.id())) {
                broken(
                        Promise.EVERYTHING_ARRIVES,
                        "event " + event.id() + ", version " + event.version() + " of " + event.booking()
                                + ", is not on the topic");
            }
        }
        if (evidence.unpublished() > 0) {
            broken(Promise.EVERYTHING_ARRIVES, evidence.unpublished() + " events are not marked as published");
        }
        if (evidence.held() > 0) {
            broken(Promise.EVERYTHING_ARRIVES, evidence.held() + " events wait for an earlier one");
        }
    }

    /** Each branch is told of each event that concerns it, once, without a gap in its numbers; nobody else is. */
    private void notices() {
        Map<String, Version> versions = new HashMap<>();
        evidence.versions().forEach(version -> versions.put(version.booking() + " " + version.version(), version));
        Map<UUID, List<Notice>> byEvent = grouped(evidence.notices(), Notice::event, Comparator.comparing(Notice::id));
        Set<UUID> known = new HashSet<>();
        for (Written event : evidence.outbox()) {
            known.add(event.id());
            Version version = versions.get(event.booking() + " " + event.version());
            List<Notice> told = byEvent.getOrDefault(event.id(), List.of());
            if (!TOLD.contains(event.type())) {
                told.forEach(notice -> broken(Promise.NOBODY_ELSE_TOLD, event.type() + " as " + notice));
                continue;
            }
            String branch = version == null
                    ? ""
                    : version.state().path("branch").path("id").asText();
            long right = told.stream()
                    .filter(notice -> notice.branch().toString().equals(branch))
                    .count();
            if (right != 1) {
                broken(
                        Promise.EVERY_BRANCH_TOLD_ONCE,
                        "branch " + branch + " was told " + right + " times of version " + event.version() + " of "
                                + event.booking());
            }
            told.stream()
                    .filter(notice -> !notice.branch().toString().equals(branch))
                    .forEach(notice -> broken(Promise.NOBODY_ELSE_TOLD, notice.toString()));
        }
        evidence.notices().stream()
                .filter(notice -> !known.contains(notice.event()))
                .forEach(notice -> broken(Promise.NOBODY_ELSE_TOLD, "of no event: " + notice));
        grouped(evidence.notices(), Notice::branch, Comparator.comparingLong(Notice::sequence))
                .forEach((branch, notices) -> {
                    Map<UUID, Integer> last = new HashMap<>();
                    for (int i = 0; i < notices.size(); i++) {
                        Notice notice = notices.get(i);
                        if (notice.sequence() != i + 1) {
                            broken(
                                    Promise.EVERY_BRANCH_TOLD_ONCE,
                                    "branch " + branch + " has notice " + notice.sequence() + " where " + (i + 1)
                                            + " should be");
                            return;
                        }
                        if (notice.version() <= last.getOrDefault(notice.booking(), 0)) {
                            broken(
                                    Promise.EVENTS_IN_ORDER,
                                    "branch " + branch + " was told of version " + notice.version() + " of "
                                            + notice.booking() + " too late");
                        }
                        last.put(notice.booking(), notice.version());
                    }
                });
    }

    private void deliveries() {
        Map<UUID, List<Endpoint>> endpoints =
                grouped(evidence.endpoints(), Endpoint::branch, Comparator.comparing(Endpoint::id));
        Map<UUID, List<Delivery>> byNotice =
                grouped(evidence.deliveries(), Delivery::notice, Comparator.comparing(Delivery::id));
        Set<UUID> notices = new HashSet<>();
        for (Notice notice : evidence.notices()) {
            notices.add(notice.id());
            if (notice.endsAt().isBefore(notice.toldAt())) {
                continue; // told when the lecture was over: nobody is alerted of that
            }
            Set<UUID> expected = endpoints.getOrDefault(notice.branch(), List.of()).stream()
                    .map(Endpoint::id)
                    .collect(Collectors.toSet());
            List<UUID> there = byNotice.getOrDefault(notice.id(), List.of()).stream()
                    .map(Delivery::endpoint)
                    .toList();
            if (there.size() != expected.size() || !expected.equals(new HashSet<>(there))) {
                broken(
                        Promise.ONE_DELIVERY_PER_ENDPOINT,
                        "notice " + notice.id() + " goes to " + there + " instead of " + expected);
            }
        }
        for (Delivery delivery : evidence.deliveries()) {
            if (!notices.contains(delivery.notice())) {
                broken(Promise.ONE_DELIVERY_PER_ENDPOINT, "of no notice: " + delivery);
            }
            if (!delivery.state().equals("DELIVERED") && !isToldOtherwise(delivery)) {
                broken(Promise.EVERYTHING_ARRIVES, delivery.toString());
            }
        }
    }

    /** Whether a later message says it too, or there was nothing left to say. */
    private boolean isToldOtherwise(Delivery delivery) {
        Notice notice = noticesById().get(delivery.notice());
        if (!delivery.state().equals("SUPERSEDED") || notice == null) {
            return false;
        }
        if (delivery.told() != null) {
            // what tells it is in the queue like any other, and has to arrive
            Delivery later = deliveriesById().get(delivery.told());
            Notice news = later == null ? null : noticesById().get(later.notice());
            return later != null
                    && news != null
                    && later.endpoint().equals(delivery.endpoint())
                    && news.booking().equals(notice.booking())
                    && news.version() > notice.version();
        }
        // the endpoint stands where it stood: it heard of nothing, and nothing is; or it knows the state as it is again
        Notice heard = evidence.deliveries().stream()
                .filter(each -> each.endpoint().equals(delivery.endpoint())
                        && each.state().equals("DELIVERED"))
                .map(each -> noticesById().get(each.notice()))
                .filter(each ->
                        each != null && each.booking().equals(notice.booking()) && each.version() < notice.version())
                .max(Comparator.comparingInt(Notice::version))
                .orElse(null);
        JsonNode now = state(notice);
        return heard == null ? now.path("status").asText().equals("CANCELLED") : same(state(heard), now);
    }

    private JsonNode state(Notice notice) {
        return versionsOf(notice.booking().toString()).stream()
                .filter(version -> version.version() == notice.version())
                .map(Version::state)
                .findFirst()
                .orElseThrow();
    }

    private @Nullable Map<UUID, Notice> noticesById;
    private @Nullable Map<UUID, Delivery> deliveriesById;

    private Map<UUID, Notice> noticesById() {
        Map<UUID, Notice> known = noticesById;
        if (known == null) {
            known = evidence.notices().stream().collect(Collectors.toMap(Notice::id, Function.identity()));
            noticesById = known;
        }
        return known;
    }

    private Map<UUID, Delivery> deliveriesById() {
        Map<UUID, Delivery> known = deliveriesById;
        if (known == null) {
            known = evidence.deliveries().stream().collect(Collectors.toMap(Delivery::id, Function.identity()));
            deliveriesById = known;
        }
        return known;
    }

    /** Something that reached somebody: a mail or a webhook. */
    private record Arrival(UUID delivery, String to, boolean accepted) {}

    /** Each delivery arrived, at its own address, and first arrivals are in the order of the booking's versions. */
    private void arrivals() {
        Map<UUID, Delivery> deliveries = deliveriesById();
        Map<UUID, Notice> notices = noticesById();
        Map<UUID, Endpoint> endpoints =
                evidence.endpoints().stream().collect(Collectors.toMap(Endpoint::id, endpoint -> endpoint));
        Set<UUID> seen = new HashSet<>();
        Set<UUID> accepted = new HashSet<>();
        Map<String, Integer> last = new HashMap<>();
        List<Arrival> arrivals = Stream.concat(
                        evidence.mails().stream().map(mail -> new Arrival(mail.delivery(), mail.to(), true)),
                        evidence.webhooks().stream()
                                .map(message -> new Arrival(message.delivery(), message.to(), message.accepted())))
                .toList();
        for (Arrival arrival : arrivals) {
            Delivery delivery = deliveries.get(arrival.delivery());
            Endpoint endpoint = delivery == null ? null : endpoints.get(delivery.endpoint());
            Notice notice = delivery == null ? null : notices.get(delivery.notice());
            if (endpoint == null || notice == null || !endpoint.address().equals(arrival.to())) {
                broken(Promise.NOBODY_ELSE_TOLD, arrival.toString());
                continue;
            }
            if (arrival.accepted()) {
                accepted.add(arrival.delivery());
            }
            if (!seen.add(arrival.delivery())) {
                continue;
            }
            String line = arrival.to() + " " + notice.booking();
            if (notice.version() <= last.getOrDefault(line, 0)) {
                broken(
                        Promise.ALERTS_IN_ORDER,
                        arrival.to() + " got version " + notice.version() + " of " + notice.booking()
                                + " after version " + last.get(line));
            }
            last.put(line, notice.version());
        }
        for (Delivery delivery : evidence.deliveries()) {
            if (delivery.state().equals("DELIVERED") && !accepted.contains(delivery.id())) {
                broken(
                        Promise.EVERYTHING_ARRIVES,
                        "delivery " + delivery.id() + " counts as delivered, nobody took anything");
            }
        }
    }

    /** Whoever remembers ids takes each notice once: one id per notice and receiver, and under it always the same. */
    private void webhooks() {
        Map<String, UUID> ids = new HashMap<>();
        Map<UUID, String> bodies = new HashMap<>();
        for (Webhook message : evidence.webhooks()) {
            if (!message.signed()) {
                broken(Promise.WEBHOOKS_ONE_ID, "the signature does not fit: " + message);
            }
            String what = message.to() + " " + message.notice();
            if (!ids.computeIfAbsent(what, any -> message.delivery()).equals(message.delivery())) {
                broken(Promise.WEBHOOKS_ONE_ID, "one notice under two ids: " + message + " and " + ids.get(what));
            }
            String body = bodies.computeIfAbsent(message.delivery(), any -> message.body());
            if (!body.equals(message.body())) {
                broken(Promise.WEBHOOKS_ONE_ID, "one id with two bodies: " + message);
            }
        }
    }

    /** What a branch was told is acknowledged, the scheduler knows; and it knows nothing that no branch was told of. */
    private void acknowledgements() {
        Set<Evidence.Acknowledged> known = new HashSet<>(evidence.known());
        for (Evidence.Acknowledged given : evidence.acknowledged()) {
            if (!known.contains(given)) {
                broken(Promise.ACKNOWLEDGEMENTS_COME_BACK, given + " is not known to the scheduler");
            }
        }
        Set<Evidence.Acknowledged> told = new HashSet<>();
        evidence.notices()
                .forEach(notice ->
                        told.add(new Evidence.Acknowledged(notice.booking(), notice.branch(), notice.version())));
        for (Evidence.Acknowledged each : known) {
            if (!told.contains(each)) {
                broken(Promise.ACKNOWLEDGEMENTS_COME_BACK, each + " was never told to that branch");
            }
        }
    }

    private void poison() {
        Set<Position> planted = Set.copyOf(evidence.planted());
        Set<Position> aside = Set.copyOf(evidence.quarantined());
        planted.stream()
                .filter(position -> !aside.contains(position))
                .forEach(position -> broken(Promise.POISON_SET_ASIDE, "planted at " + position + ", not set aside"));
        aside.stream()
                .filter(position -> !planted.contains(position))
                .forEach(position -> broken(Promise.POISON_SET_ASIDE, "set aside at " + position + ", not planted"));
    }

    /** The longest time from the end of a fault to the first change asked for after it that was acknowledged. */
    public static Duration recovery(List<Call> calls, Instant healed) {
        return calls.stream()
                .filter(call ->
                        call.outcome() == Outcome.ACKNOWLEDGED && !call.begun().isBefore(healed))
                .map(Call::ended)
                .min(Comparator.naturalOrder())
                .map(first -> Duration.between(healed, first))
                .orElse(Duration.ZERO);
    }

    private static <K extends Comparable<K>, T> Map<K, List<T>> grouped(
            List<T> items, Function<T, K> key, Comparator<T> order) {
        Map<K, List<T>> groups = new TreeMap<>();
        items.stream()
                .sorted(order)
                .forEach(item -> groups.computeIfAbsent(key.apply(item), any -> new ArrayList<>())
                        .add(item));
        return groups;
    }
}
