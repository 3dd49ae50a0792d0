package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.lectern.scheduler.booking.Conformity.Unfit;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.consequence.Consequences;
import org.lectern.scheduler.consequence.ConsequencesView;
import org.lectern.scheduler.consequence.ConsequencesView.Affected;
import org.lectern.scheduler.consequence.ConsequencesView.RuleCount;

/** Judges the bookings of a scope before and after a change, by {@link Conformity}. */
@ApplicationScoped
class BookingConsequences implements Consequences {

    private static final int MOST_SHOWN = 200;

    private final Conformity conformity;
    private final Clock clock;

    @Inject
    BookingConsequences(Conformity conformity, Clock clock) {
        this.conformity = conformity;
        this.clock = clock;
    }

    @Override
    public <T> Changed<T> of(Scope scope, Supplier<T> change) {
        Map<UUID, Set<String>> before = new HashMap<>();
        unfit(scope).forEach(each -> before.put(each.booking().id(), codes(each)));
        T value = change.get();
        List<Affected> affected = new ArrayList<>();
        Map<String, Integer> rules = new TreeMap<>();
        for (Unfit each : unfit(scope)) {
            Set<String> broken = new HashSet<>(codes(each));
            broken.removeAll(before.getOrDefault(each.booking().id(), Set.of()));
            if (!broken.isEmpty()) {
                BookingView booking = each.booking();
                affected.add(new Affected(
                        booking.id(),
                        booking.version(),
                        booking.start(),
                        booking.end(),
                        booking.branch().name(),
                        broken.stream().sorted().toList()));
                broken.forEach(code -> rules.merge(code, 1, Integer::sum));
            }
        }
        return new Changed<>(
                value,
                new ConsequencesView(
                        affected.size(),
                        rules.entrySet().stream()
                                .map(each -> new RuleCount(each.getKey(), each.getValue()))
                                .sorted(Comparator.comparingInt(RuleCount::count)
                                        .reversed()
                                        .thenComparing(RuleCount::code))
                                .toList(),
                        affected.stream().limit(MOST_SHOWN).toList(),
                        link(scope)));
    }

    private List<Unfit> unfit(Scope scope) {
        return conformity.all(scope);
    }

    /** The list filters by one of each kind. */
    private static void only(StringBuilder link, String parameter, Set<UUID> ids) {
        if (ids.size() == 1) {
            link.append('&').append(parameter).append('=').append(ids.iterator().next());
        }
    }

    private static Set<String> codes(Unfit unfit) {
        return unfit.objections().stream().map(Objection::code).collect(Collectors.toSet());
    }

    private String link(Scope scope) {
        var link = new StringBuilder("/api/v1/bookings?nonconforming=");
        link.append(scope.topics().isEmpty() ? "any" : String.join(",", Conformity.OF_TOPICS));
        only(link, "lecturerId", scope.lecturers());
        only(link, "venueId", scope.venues());
        only(link, "topicId", scope.topics());
        return link.append("&from=")
                .append(clock.instant().truncatedTo(ChronoUnit.SECONDS))
                .toString();
    }
}
