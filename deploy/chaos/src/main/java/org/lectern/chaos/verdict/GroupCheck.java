package org.lectern.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.load.Call.Kind;
import org.lectern.chaos.verdict.Violation.Promise;

/** An acknowledged change of several bookings changed exactly what its answer lists. */
final class GroupCheck {

    private final Call call;
    private final JsonNode answer;
    private final Violations violations;

    GroupCheck(Call call, JsonNode answer, Violations violations) {
        this.call = call;
        this.answer = answer;
        this.violations = violations;
    }

    /** @param onBookings the versions that contain the token of the call */
    void check(List<Version> onBookings, List<Version> onRequests) {
        if (call.kind() == Kind.SUBSTITUTE) {
            substituted(onBookings);
        } else {
            transferred(onBookings, onRequests);
        }
    }

    private void substituted(List<Version> effects) {
        Set<String> listed = new HashSet<>();
        for (JsonNode booking : answer.path("changed")) {
            String id = booking.path("id").asText();
            listed.add(id);
            boolean there = effects.stream()
                    .anyMatch(version -> version.subject().toString().equals(id)
                            && version.version() == booking.path("version").asInt()
                            && States.same(version.state(), booking));
            if (!there) {
                lost("version " + booking.path("version").asInt() + " of " + id);
            }
        }
        same("bookings", listed, CallCheck.subjects(effects));
        if (!listed.equals(Set.copyOf(call.planned()))) {
            violations.add(
                    Promise.ALL_OR_NOTHING,
                    name() + " changed " + listed.size() + " bookings, unlike its preview of "
                            + call.planned().size());
        }
    }

    private void transferred(List<Version> onBookings, List<Version> onRequests) {
        // a request that stays waits again for the same reason when its lecture moves
        List<Version> movedRequests = onRequests.stream()
                .filter(version -> version.action().equals("MOVED"))
                .toList();
        same("bookings", ids("bookings"), CallCheck.subjects(onBookings));
        same("requests", ids("requests"), CallCheck.subjects(movedRequests));
        String to = call.asked().path("toBranchId").asText();
        for (Version version : onBookings) {
            moved(version, States.branches(version.state()), to);
        }
        for (Version version : movedRequests) {
            moved(version, Set.of(States.id(version.state(), "branch")), to);
        }
    }

    private void moved(Version version, Set<String> branches, String to) {
        if (!branches.contains(to) || branches.contains(String.valueOf(call.subject()))) {
            lost("the way of " + version.subject() + " to the other branch");
        }
    }

    private Set<String> ids(String member) {
        Set<String> ids = new HashSet<>();
        answer.path(member).forEach(id -> ids.add(id.asText()));
        return ids;
    }

    private void same(String what, Set<String> listed, Set<String> changed) {
        if (!changed.containsAll(listed)) {
            lost(what + " of its answer");
        }
        if (!listed.containsAll(changed)) {
            violations.add(Promise.ALL_OR_NOTHING, name() + " changed more " + what + " than its answer lists");
        }
    }

    private void lost(String what) {
        violations.add(Promise.NOTHING_LOST, name() + " was acknowledged, but the history lacks " + what);
    }

    private String name() {
        return call.kind() + " " + call.token();
    }
}
