package org.lectern.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.load.Call.Kind;
import org.lectern.chaos.load.Call.Subject;
import org.lectern.chaos.verdict.Violation.Promise;

/** Acknowledged changes are present, refused changes are absent, and no change is present twice. */
final class CallCheck {

    /** The members that a patch of the load changes. */
    private static final List<String> PATCHED = List.of("expectedHeadCount", "format");

    private final Evidence evidence;
    private final Violations violations;
    private final Map<String, List<Version>> bookingEffects;
    private final Map<String, List<Version>> requestEffects;
    private final Map<UUID, List<Version>> bookings;
    private final Map<UUID, List<Version>> requests;

    CallCheck(Evidence evidence, Violations violations) {
        this.evidence = evidence;
        this.violations = violations;
        bookings = Grouping.bySubject(evidence.bookings().versions());
        requests = Grouping.bySubject(evidence.requests().versions());
        bookingEffects = effects(evidence.bookings().versions(), "note");
        requestEffects = effects(evidence.requests().versions(), "note");
    }

    void check() {
        for (Call call : evidence.calls()) {
            List<Version> onBookings = bookingEffects.getOrDefault(call.token(), List.of());
            List<Version> onRequests = requestEffects.getOrDefault(call.token(), List.of());
            once(call, onBookings);
            once(call, onRequests);
            switch (call.outcome()) {
                case ACKNOWLEDGED -> acknowledged(call);
                case REFUSED -> {
                    refused(call, onBookings);
                    refused(call, onRequests);
                }
                case UNKNOWN -> unknown(call, onBookings);
            }
        }
    }

    private void once(Call call, List<Version> effects) {
        int most = call.kind().subject() != Subject.BOOKINGS
                ? effects.size()
                : effects.stream()
                        .collect(Collectors.groupingBy(Version::subject, Collectors.summingInt(each -> 1)))
                        .values()
                        .stream()
                        .mapToInt(times -> times)
                        .max()
                        .orElse(0);
        if (most > 1) {
            violations.add(
                    Promise.ONE_KEY_ONE_EFFECT, call.kind() + " " + call.token() + " took effect " + most + " times");
        }
    }

    /** A change of several bookings with an unknown outcome made all of the changes or none. */
    private void unknown(Call call, List<Version> effects) {
        Set<String> changed = subjects(effects);
        if (!call.planned().isEmpty() && !changed.isEmpty() && !changed.equals(Set.copyOf(call.planned()))) {
            violations.add(
                    Promise.ALL_OR_NOTHING,
                    call.kind() + " " + call.token() + " changed " + changed.size() + " of "
                            + call.planned().size() + " bookings");
        }
    }

    private void refused(Call call, List<Version> effects) {
        if (!effects.isEmpty()) {
            Version effect = effects.getFirst();
            violations.add(
                    Promise.NOTHING_REFUSED_HAPPENED,
                    call.kind() + " " + call.token() + " was answered " + call.status() + " but is version "
                            + effect.version() + " of " + effect.subject());
        }
    }

    private void acknowledged(Call call) {
        JsonNode answer = call.answer();
        if (answer == null) {
            violations.add(
                    Promise.NOTHING_LOST, call.kind() + " " + call.token() + " was acknowledged without an answer");
            return;
        }
        if (call.kind().subject() == Subject.BOOKINGS) {
            new GroupCheck(call, answer, violations)
                    .check(
                            bookingEffects.getOrDefault(call.token(), List.of()),
                            requestEffects.getOrDefault(call.token(), List.of()));
            return;
        }
        if (!shows(candidates(call), call, answer) && !changesNothing(call, answer)) {
            violations.add(
                    Promise.NOTHING_LOST,
                    call.kind() + " " + call.token() + " was acknowledged as version " + call.version() + " of "
                            + call.subject() + ", which is not in the history like that");
        }
    }

    private static boolean shows(List<Version> versions, Call call, JsonNode answer) {
        return versions.stream()
                .anyMatch(version -> version.version() == call.version() && States.same(version.state(), answer));
    }

    /** True for a patch with the values that the booking already had: its answer is the version that was there. */
    private boolean changesNothing(Call call, JsonNode answer) {
        return call.kind() == Kind.PATCH
                && PATCHED.stream()
                        .filter(call.asked()::has)
                        .allMatch(member -> call.asked().get(member).equals(answer.path(member)))
                && shows(of(call.subject(), bookings), call, answer);
    }

    /** The versions that the call may have produced. */
    private List<Version> candidates(Call call) {
        boolean booking = call.kind().subject() == Subject.BOOKING;
        if (call.kind().carriesToken()) {
            return (booking ? bookingEffects : requestEffects).getOrDefault(call.token(), List.of());
        }
        return of(call.subject(), booking ? bookings : requests);
    }

    static Set<String> subjects(List<Version> versions) {
        return versions.stream().map(version -> version.subject().toString()).collect(Collectors.toSet());
    }

    private static List<Version> of(@Nullable String subject, Map<UUID, List<Version>> versions) {
        return subject == null ? List.of() : versions.getOrDefault(UUID.fromString(subject), List.of());
    }

    /**
     * The versions that contain a token: in the words of the first version, or in the reason of later ones.
     *
     * @param words the field with the caller's words
     */
    private static Map<String, List<Version>> effects(List<Version> versions, String words) {
        Map<String, List<Version>> effects = new HashMap<>();
        for (Version version : versions) {
            for (String token : tokens(version, words)) {
                effects.computeIfAbsent(token, any -> new ArrayList<>()).add(version);
            }
        }
        return effects;
    }

    private static List<String> tokens(Version version, String words) {
        List<String> tokens = new ArrayList<>();
        if (version.version() == 1) {
            add(tokens, version.state().path(words).asText(""));
        }
        add(tokens, version.reason());
        return tokens;
    }

    private static void add(List<String> tokens, @Nullable String text) {
        if (text != null && text.startsWith(Call.TOKEN)) {
            tokens.add(text);
        }
    }
}
