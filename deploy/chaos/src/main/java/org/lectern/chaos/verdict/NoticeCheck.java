package org.lectern.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.evidence.Evidence.History;
import org.lectern.chaos.evidence.Evidence.Notice;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.evidence.Evidence.Written;
import org.lectern.chaos.verdict.Violation.Promise;

/**
 * Each host, guest and lecturer gets one notice for each event that concerns it, numbered without a gap; others get
 * none. A change of guests does not concern the lecturer; another lecturer concerns both of them.
 */
final class NoticeCheck {

    /** Events that notify hosts and guests; holds notify only once they are confirmed. */
    private static final Set<String> TOLD_TO_ALL =
            Set.of("lectern.booking.confirmed.v1", "lectern.booking.cancelled.v1");

    /** Events that notify hosts and guests unless only the head count or the note changed; also the former host. */
    private static final String CHANGED = "lectern.booking.changed.v1";

    /** Events that notify only joining or leaving guests. */
    private static final String GUESTS_CHANGED = "lectern.booking.guests-changed.v1";

    /** Changes of a request that notify its branch; its own actions do not, and bookings notify by themselves. */
    private static final Set<String> TOLD_OF_REQUESTS =
            Set.of("OFFERED", "OFFER_EXPIRED", "OFFER_WITHDRAWN", "REFUSED", "REOPENED", "LAPSED");

    private final Evidence evidence;
    private final Violations violations;
    private final Map<UUID, List<Notice>> byEvent;
    private final Set<UUID> known = new HashSet<>();

    NoticeCheck(Evidence evidence, Violations violations) {
        this.evidence = evidence;
        this.violations = violations;
        byEvent = Grouping.grouped(evidence.notices(), Notice::event, Comparator.comparing(Notice::id));
    }

    void check() {
        events(evidence.bookings(), this::concernedByBooking);
        events(evidence.requests(), NoticeCheck::concernedByRequest);
        evidence.notices().stream()
                .filter(notice -> !known.contains(notice.event()))
                .forEach(notice -> violations.add(Promise.NO_OTHER_BRANCH_NOTIFIED, "of no event: " + notice));
        Grouping.grouped(evidence.notices(), Notice::branch, Comparator.comparingLong(Notice::sequence))
                .forEach(this::inbox);
    }

    /** The branches that a version concerns. */
    private interface Audience {
        Set<String> of(Written event, Version version, @Nullable Version before);
    }

    private void events(History history, Audience audience) {
        Map<String, Version> versions = new HashMap<>();
        history.versions().forEach(version -> versions.put(version.subject() + " " + version.version(), version));
        for (Written event : history.outbox()) {
            known.add(event.id());
            Version version = versions.get(event.subject() + " " + event.version());
            Version before = versions.get(event.subject() + " " + (event.version() - 1));
            Set<String> expected = version == null ? Set.of() : audience.of(event, version, before);
            List<Notice> told = byEvent.getOrDefault(event.id(), List.of());
            for (String branch : expected) {
                long times = told.stream()
                        .filter(notice -> notice.branch().toString().equals(branch))
                        .count();
                if (times != 1) {
                    violations.add(
                            Promise.EVERY_BRANCH_NOTIFIED_ONCE,
                            "branch " + branch + " got " + times + " notices of version " + event.version() + " of "
                                    + event.subject());
                }
            }
            told.stream()
                    .filter(notice -> !expected.contains(notice.branch().toString()))
                    .forEach(
                            notice -> violations.add(Promise.NO_OTHER_BRANCH_NOTIFIED, event.type() + " as " + notice));
        }
    }

    private Set<String> concernedByBooking(Written event, Version version, @Nullable Version before) {
        if (TOLD_TO_ALL.contains(event.type())) {
            return recipients(version.state());
        }
        if (event.type().equals(CHANGED) && before != null) {
            Set<String> told = new TreeSet<>(recipients(version.state()));
            told.addAll(recipients(before.state()));
            return States.tells(before.state(), version.state()) ? told : Set.of();
        }
        if (!event.type().equals(GUESTS_CHANGED) || before == null) {
            return Set.of();
        }
        Set<String> now = States.guests(version.state());
        Set<String> then = States.guests(before.state());
        Set<String> changed = new TreeSet<>(now);
        changed.addAll(then);
        changed.removeIf(guest -> now.contains(guest) && then.contains(guest));
        return changed;
    }

    /** The branches, and the lecturer if the run judges lecturers. */
    private Set<String> recipients(JsonNode state) {
        Set<String> recipients = States.branches(state);
        String lecturer = States.id(state, "lecturer");
        if (evidence.lecturers().stream().anyMatch(each -> each.toString().equals(lecturer))) {
            recipients.add(lecturer);
        }
        return recipients;
    }

    private static Set<String> concernedByRequest(Written event, Version version, @Nullable Version before) {
        return TOLD_OF_REQUESTS.contains(version.action()) ? Set.of(States.id(version.state(), "branch")) : Set.of();
    }

    private void inbox(UUID branch, List<Notice> notices) {
        Map<UUID, Integer> last = new HashMap<>();
        for (int i = 0; i < notices.size(); i++) {
            Notice notice = notices.get(i);
            if (notice.sequence() != i + 1) {
                violations.add(
                        Promise.EVERY_BRANCH_NOTIFIED_ONCE,
                        "branch " + branch + " has notice " + notice.sequence() + " where " + (i + 1) + " should be");
                return;
            }
            if (notice.version() <= last.getOrDefault(notice.subject(), 0)) {
                violations.add(
                        Promise.EVENTS_IN_ORDER,
                        "branch " + branch + " was notified of version " + notice.version() + " of " + notice.subject()
                                + " too late");
            }
            last.put(notice.subject(), notice.version());
        }
    }
}
