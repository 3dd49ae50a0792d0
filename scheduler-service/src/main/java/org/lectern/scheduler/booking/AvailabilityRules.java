package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.schedule.BookingConditions;
import org.lectern.scheduler.schedule.BrokenRule;
import org.lectern.scheduler.schedule.Proposal.Present;
import org.lectern.scheduler.schedule.search.AlternativeSearch;

/** The rules of working time, limits, venues and the calendar; also finds alternatives to a refused lecture. */
@ApplicationScoped
class AvailabilityRules implements SoftRule, Alternatives {

    private final BookingConditions conditions;
    private final AlternativeSearch instead;

    @Inject
    AvailabilityRules(BookingConditions conditions, AlternativeSearch instead) {
        this.conditions = conditions;
        this.instead = instead;
    }

    @Override
    public List<Objection> objections(Proposal proposal) {
        return objections(conditions.broken(wanted(proposal, proposal.expectedHeadCount(), false)));
    }

    private static List<Objection> objections(List<BrokenRule> rules) {
        return rules.stream()
                .map(broken -> new Objection(
                        broken.rule().label(),
                        broken.violation(),
                        broken.violation().arguments()))
                .toList();
    }

    @Override
    public Map<UUID, List<Objection>> standing(Collection<Proposal> lectures) {
        Map<UUID, List<Objection>> found = new HashMap<>();
        conditions
                .brokenNow(lectures.stream()
                        .map(each -> wanted(each, each.expectedHeadCount(), true))
                        .toList())
                .forEach((booking, rules) -> found.put(booking, objections(rules)));
        return found;
    }

    @Override
    public List<Alternative> insteadOf(Proposal wanted) {
        Integer heads = wanted.guests().isEmpty() ? wanted.expectedHeadCount() : (Integer) wanted.allHeads();
        return instead.of(wanted(wanted, heads, false)).stream()
                .map(slot -> Alternative.of(slot, wanted.command()))
                .toList();
    }

    private static @Nullable Present present(@Nullable BookingView before) {
        return before == null
                ? null
                : new Present(
                        before.id(),
                        before.lecturer().id(),
                        before.venue() == null ? null : before.venue().id(),
                        before.slot().start(),
                        before.slot().end(),
                        before.expectedHeadCount());
    }

    /** @param heads for rules: the host's, since {@link GuestCapacity} checks the total; for alternatives: the total */
    private static org.lectern.scheduler.schedule.Proposal wanted(
            Proposal proposal, @Nullable Integer heads, boolean standing) {
        return new org.lectern.scheduler.schedule.Proposal(
                present(proposal.before()),
                proposal.lecturerId(),
                proposal.topicId(),
                proposal.branchId(),
                proposal.venueId(),
                proposal.format(),
                proposal.start(),
                proposal.end(),
                proposal.zone(),
                heads,
                proposal.guests().stream().map(Guest::branchId).collect(Collectors.toSet()),
                standing);
    }
}
