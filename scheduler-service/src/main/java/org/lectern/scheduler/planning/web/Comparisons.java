package org.lectern.scheduler.planning.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.planning.draft.Figures;
import org.lectern.scheduler.planning.draft.Plans;
import org.lectern.scheduler.planning.draft.StoredItem;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.facts.Slot;
import org.lectern.scheduler.planning.search.Cost;
import org.lectern.scheduler.planning.web.ComparisonView.Differing;
import org.lectern.scheduler.planning.web.ComparisonView.Kind;
import org.lectern.scheduler.planning.web.PlanView.Component;

/** Compares two plans item by item. */
@ApplicationScoped
class Comparisons {

    private static final int MOST = 500;

    private final Plans plans;
    private final PlanReader reader;
    private final PlanItems items;
    private final PlanTexts texts;

    @Inject
    Comparisons(Plans plans, PlanReader reader, PlanItems items, PlanTexts texts) {
        this.plans = plans;
        this.reader = reader;
        this.items = items;
        this.texts = texts;
    }

    private record Key(UUID branch, UUID topic, int occurrence) {

        static Key of(StoredItem item) {
            return new Key(
                    item.item().branchId(), item.item().topicId(), item.item().occurrence());
        }
    }

    private record Pair(@Nullable StoredItem one, @Nullable StoredItem other, Kind kind) {}

    ComparisonView compare(UUID oneId, UUID otherId) {
        StoredPlan one = plans.get(oneId);
        StoredPlan other = plans.get(otherId);
        List<Pair> pairs = pairs(plans.items(oneId), plans.items(otherId));
        Map<Kind, Integer> counted = new HashMap<>();
        pairs.forEach(each -> counted.merge(each.kind(), 1, Integer::sum));
        List<Pair> differing = pairs.stream()
                .filter(each -> each.kind() != Kind.SAME)
                .limit(MOST)
                .toList();
        return new ComparisonView(
                List.of(reader.view(one), reader.view(other)),
                components(cost(one), cost(other)),
                new ComparisonView.Counts(
                        counted.getOrDefault(Kind.SAME, 0),
                        counted.getOrDefault(Kind.LOST, 0),
                        counted.getOrDefault(Kind.GAINED, 0),
                        counted.getOrDefault(Kind.OTHER_TIME, 0),
                        counted.getOrDefault(Kind.OTHER_LECTURER, 0),
                        counted.getOrDefault(Kind.OTHER_VENUE, 0)),
                differing(one, other, differing));
    }

    private static Cost cost(StoredPlan plan) {
        Figures figures = plan.figures();
        return figures == null ? Cost.NONE : figures.cost();
    }

    private List<ComparisonView.Component> components(Cost one, Cost other) {
        List<Component> first = texts.cost(one).components();
        List<Component> second = texts.cost(other).components();
        List<ComparisonView.Component> both = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            double before = first.get(i).minutes();
            double after = second.get(i).minutes();
            both.add(new ComparisonView.Component(first.get(i).component(), List.of(before, after), after - before));
        }
        return both;
    }

    private static List<Pair> pairs(List<StoredItem> ones, List<StoredItem> others) {
        Map<Key, StoredItem> first = new LinkedHashMap<>();
        Map<Key, StoredItem> second = new LinkedHashMap<>();
        ones.forEach(each -> first.put(Key.of(each), each));
        others.forEach(each -> second.put(Key.of(each), each));
        List<Pair> pairs = new ArrayList<>();
        first.forEach((key, one) -> pairs.add(pair(one, second.get(key))));
        second.forEach((key, other) -> {
            if (!first.containsKey(key)) {
                pairs.add(pair(null, other));
            }
        });
        return pairs;
    }

    private static Pair pair(@Nullable StoredItem one, @Nullable StoredItem other) {
        return new Pair(one, other, kind(one == null ? null : one.slot(), other == null ? null : other.slot()));
    }

    private static Kind kind(@Nullable Slot one, @Nullable Slot other) {
        if (one == null || other == null) {
            return one != null ? Kind.LOST : other != null ? Kind.GAINED : Kind.SAME;
        }
        if (!one.start().equals(other.start())) {
            return Kind.OTHER_TIME;
        }
        if (!one.lecturerId().equals(other.lecturerId())) {
            return Kind.OTHER_LECTURER;
        }
        return Objects.equals(one.venueId(), other.venueId()) ? Kind.SAME : Kind.OTHER_VENUE;
    }

    private List<Differing> differing(StoredPlan one, StoredPlan other, List<Pair> pairs) {
        Map<Integer, PlanItemView> first = views(
                one, pairs.stream().map(Pair::one).filter(Objects::nonNull).toList());
        Map<Integer, PlanItemView> second = views(
                other, pairs.stream().map(Pair::other).filter(Objects::nonNull).toList());
        List<Differing> differing = new ArrayList<>();
        for (Pair each : pairs) {
            StoredItem left = each.one();
            StoredItem right = each.other();
            PlanItemView before = left == null ? null : first.get(left.number());
            PlanItemView after = right == null ? null : second.get(right.number());
            PlanItemView any = before == null ? Objects.requireNonNull(after) : before;
            differing.add(new Differing(any.branch(), any.topic(), any.occurrence(), each.kind(), before, after));
        }
        return differing;
    }

    private Map<Integer, PlanItemView> views(StoredPlan plan, List<StoredItem> some) {
        return items.views(plan, some).stream().collect(Collectors.toMap(PlanItemView::number, Function.identity()));
    }
}
