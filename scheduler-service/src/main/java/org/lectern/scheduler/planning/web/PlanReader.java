package org.lectern.scheduler.planning.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.planning.draft.Figures;
import org.lectern.scheduler.planning.draft.PlanCounts;
import org.lectern.scheduler.planning.draft.PlanJobs;
import org.lectern.scheduler.planning.draft.PlanJobs.Progress;
import org.lectern.scheduler.planning.draft.PlanRequest;
import org.lectern.scheduler.planning.draft.PlanState;
import org.lectern.scheduler.planning.draft.Plans;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.draft.TermsOf;

/** Plans as the API shows them. */
@ApplicationScoped
class PlanReader {

    private final Plans plans;
    private final PlanCounts counts;
    private final PlanJobs jobs;
    private final PlanTexts texts;
    private final TermsOf termsOf;
    private final ObjectMapper json;

    @Inject
    PlanReader(Plans plans, PlanCounts counts, PlanJobs jobs, PlanTexts texts, TermsOf termsOf, ObjectMapper json) {
        this.plans = plans;
        this.counts = counts;
        this.jobs = jobs;
        this.texts = texts;
        this.termsOf = termsOf;
        this.json = json;
    }

    PlanView get(UUID id) {
        return view(plans.get(id));
    }

    List<PlanView> list(@Nullable UUID campaign, @Nullable PlanState state, @Nullable Cursor after, int most) {
        List<StoredPlan> found = plans.list(campaign, state, after, most);
        Map<UUID, PlanCounts.Counted> counted = counts
                .of(found.stream().map(StoredPlan::id).toList())
                .stream()
                .collect(Collectors.toMap(PlanCounts.Counted::planId, Function.identity()));
        return found.stream()
                .map(plan -> view(plan, counted.getOrDefault(plan.id(), PlanCounts.Counted.none(plan.id()))))
                .toList();
    }

    PlanView view(StoredPlan plan) {
        return view(
                plan, counts.of(List.of(plan.id())).stream().findFirst().orElse(PlanCounts.Counted.none(plan.id())));
    }

    private PlanView view(StoredPlan plan, PlanCounts.Counted counted) {
        PlanRequest terms = plan.terms();
        Figures figures = plan.figures();
        return new PlanView(
                plan.id(),
                plan.version(),
                plan.name(),
                plan.purpose(),
                plan.state(),
                new PlanView.PlannedCampaign(plan.campaignId(), plan.campaignCode(), plan.campaignName()),
                given(terms.from()),
                given(terms.until()),
                plan.zone().getId(),
                Objects.requireNonNullElse(terms.format(), ""),
                terms.joinLink(),
                plan.seconds(),
                plan.seed(),
                TermsOf.complete(terms.weights()),
                terms.guests(),
                Boolean.TRUE.equals(terms.headCounts()),
                termsOf.perDay(terms),
                terms.gone() == null ? List.of() : terms.gone(),
                terms.extra() == null ? List.of() : terms.extra(),
                new PlanView.Counts(
                        counted.items(),
                        counted.placed(),
                        counted.guests(),
                        counted.items() - counted.placed() - counted.excluded(),
                        counted.excluded(),
                        counted.pinned(),
                        counted.refused(),
                        counted.changed()),
                figures == null ? null : texts.cost(figures.cost()),
                figures == null
                        ? null
                        : new PlanView.Shares(
                                figures.lecturers(),
                                figures.least(),
                                figures.mean(),
                                figures.most(),
                                figures.evenness(),
                                figures.days()),
                figures == null ? null : figures.travelMinutes(),
                plan.factsAt(),
                plan.failure(),
                PlanView.Publication.of(plan.publication()),
                plan.createdAt(),
                plan.createdBy(),
                plan.updatedAt());
    }

    private static LocalDate given(@Nullable LocalDate date) {
        return Objects.requireNonNull(date);
    }

    List<Plans.Entry> log(UUID id, @Nullable String cursor, int most) {
        plans.get(id);
        Cursor after = Cursor.of(cursor);
        try {
            return plans.history(id, after == null ? 0 : Long.parseLong(after.key()), most);
        } catch (NumberFormatException e) {
            throw new InvalidRequest("?cursor", "cursor.not-ours");
        }
    }

    static Cursor position(Plans.Entry entry) {
        return new Cursor(Long.toString(entry.id()), new UUID(0, 0));
    }

    ProgressView progress(UUID id) {
        StoredPlan plan = plans.get(id);
        JsonNode node =
                jobs.progress(id).map(Progress::progress).map(this::tree).orElse(null);
        PlanCounts.Counted counted = counts.of(List.of(id)).stream().findFirst().orElse(PlanCounts.Counted.none(id));
        Figures figures = plan.figures();
        if (node != null && plan.state() != PlanState.PUBLISHING) {
            return new ProgressView(
                    plan.state(),
                    plan.version(),
                    node.path("share").asDouble(),
                    node.path("seconds").asDouble(),
                    node.path("iterations").asLong(),
                    node.path("placed").asInt(),
                    node.path("leftOut").asInt(),
                    node.path("minutes").asDouble(),
                    PlanView.Publication.of(plan.publication()));
        }
        return new ProgressView(
                plan.state(),
                plan.version(),
                plan.state().isBusy() ? 0 : 1,
                0,
                0,
                counted.placed(),
                counted.items() - counted.placed() - counted.excluded(),
                figures == null
                        ? null
                        : (Double) PlanTexts.minutes(figures.cost().total()),
                PlanView.Publication.of(plan.publication()));
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored progress cannot be read", e);
        }
    }
}
