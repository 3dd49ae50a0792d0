package org.lectern.scheduler.planning.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.campaign.CampaignStatus;
import org.lectern.scheduler.campaign.CampaignView;
import org.lectern.scheduler.campaign.Campaigns;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.Idempotency;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.planning.draft.PlanJobs;
import org.lectern.scheduler.planning.draft.PlanJobs.Kind;
import org.lectern.scheduler.planning.draft.PlanRequest;
import org.lectern.scheduler.planning.draft.PlanState;
import org.lectern.scheduler.planning.draft.PlanningConfig;
import org.lectern.scheduler.planning.draft.Plans;
import org.lectern.scheduler.planning.draft.Publishing;
import org.lectern.scheduler.planning.draft.Publishing.OnRefusal;
import org.lectern.scheduler.planning.draft.Purpose;
import org.lectern.scheduler.planning.draft.StoredItem;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.draft.TermsOf;
import org.lectern.scheduler.planning.facts.Item;
import org.lectern.scheduler.planning.facts.Rescues;
import org.lectern.scheduler.planning.job.PlanWorkers;
import org.lectern.scheduler.schedule.search.SlotSearch;

/** What organizers do with plans. Each change locks the plan and demands the version that the organizer has seen. */
@ApplicationScoped
class PlanService {

    private static final int LONGEST_DAYS = 366;

    private final Plans plans;
    private final PlanJobs jobs;
    private final PlanReader reader;
    private final Rescues rescues;
    private final TermsOf termsOf;
    private final Campaigns campaigns;
    private final SlotSearch formats;
    private final Idempotency idempotency;
    private final PlanWorkers workers;
    private final AfterCommit afterCommit;
    private final PlanningConfig config;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    PlanService(
            Plans plans,
            PlanJobs jobs,
            PlanReader reader,
            Rescues rescues,
            TermsOf termsOf,
            Campaigns campaigns,
            SlotSearch formats,
            Idempotency idempotency,
            PlanWorkers workers,
            AfterCommit afterCommit,
            PlanningConfig config,
            ObjectMapper json,
            Clock clock) {
        this.plans = plans;
        this.jobs = jobs;
        this.reader = reader;
        this.rescues = rescues;
        this.termsOf = termsOf;
        this.campaigns = campaigns;
        this.formats = formats;
        this.idempotency = idempotency;
        this.workers = workers;
        this.afterCommit = afterCommit;
        this.config = config;
        this.json = json;
        this.clock = clock;
    }

    Answer create(IdempotencyKey key, PlanRequest request) {
        return idempotency.once(key, "POST /plans", request, () -> {
            PlanView view = create(request, key.principal());
            return Answer.created("/api/v1/plans/" + view.id(), Etag.of(view.version()), write(view));
        });
    }

    private PlanView create(PlanRequest request, String actor) {
        if (campaigns.known("campaign", List.of(request.campaignId())).isEmpty()) {
            throw new InvalidRequest("/campaignId", "reference.unknown");
        }
        CampaignView campaign = campaigns.view(request.campaignId());
        Purpose purpose = request.purpose() == null ? Purpose.PLAN : request.purpose();
        PlanRequest terms = complete(request, purpose, campaign);
        UUID id = Uuid7.next();
        int seconds = request.seconds() == null ? (int) config.usualSearch().toSeconds() : request.seconds();
        String name = request.name() == null || request.name().isBlank() ? campaign.name() : request.name();
        plans.add(id, terms, name, purpose, seconds, request.seed() == null ? 1 : request.seed(), actor);
        if (purpose == Purpose.RESCUE) {
            List<Item> items = rescues.concerned(termsOf.terms(plans.get(id))).lost();
            if (items.isEmpty()) {
                throw new PlanRefusal.Empty();
            }
            plans.replaceItems(id, items, Map.of());
        }
        queue(id, Kind.SEARCH, false);
        return reader.get(id);
    }

    private void queue(UUID plan, Kind kind, boolean fresh) {
        jobs.add(plan, kind, fresh);
        afterCommit.run(workers::wake);
    }

    /** The request with all defaults; refuses what contradicts the campaign. */
    private PlanRequest complete(PlanRequest request, Purpose purpose, CampaignView campaign) {
        List<Violation> violations = new ArrayList<>();
        if (purpose == Purpose.WHAT_IF
                ? campaign.status() == CampaignStatus.CLOSED
                : campaign.status() != CampaignStatus.ACTIVE) {
            violations.add(new Violation(
                    "/campaignId", "campaign.not-active", campaign.status().name()));
        }
        LocalDate today = clock.instant().atZone(ZoneId.of(campaign.zone())).toLocalDate();
        LocalDate earliest = purpose == Purpose.RESCUE ? today : today.plusDays(1);
        LocalDate first = campaign.from().isAfter(earliest) ? campaign.from() : earliest;
        LocalDate from = request.from() == null ? first : request.from();
        LocalDate until = request.until() == null ? campaign.until() : request.until();
        if (from.isBefore(today) || from.isBefore(campaign.from())) {
            violations.add(new Violation(
                    "/from", "plan.from-early", (today.isAfter(campaign.from()) ? today : campaign.from()).toString()));
        }
        if (until.isAfter(campaign.until()) && purpose != Purpose.WHAT_IF) {
            violations.add(
                    new Violation("/until", "plan.until-late", campaign.until().toString()));
        }
        if (until.isBefore(from)) {
            violations.add(new Violation("/until", "plan.no-days", from.toString()));
        } else if (from.plusDays(LONGEST_DAYS).isBefore(until)) {
            violations.add(new Violation("/until", "plan.too-long", LONGEST_DAYS));
        }
        if (request.seconds() != null
                && request.seconds() > config.longestSearch().toSeconds()) {
            violations.add(new Violation(
                    "/seconds", "plan.seconds-many", config.longestSearch().toSeconds()));
        }
        String format = format(request, campaign, violations);
        gone(request, purpose, violations);
        InvalidRequest.unlessEmpty(violations);
        return new PlanRequest(
                request.campaignId(),
                request.name(),
                purpose,
                request.seconds(),
                request.seed(),
                from,
                until,
                format,
                request.joinLink(),
                TermsOf.complete(request.weights()),
                request.guests(),
                Boolean.TRUE.equals(request.headCounts()),
                termsOf.perDay(request),
                Objects.requireNonNullElse(request.gone(), List.of()),
                Objects.requireNonNullElse(request.extra(), List.of()));
    }

    private String format(PlanRequest request, CampaignView campaign, List<Violation> violations) {
        String wish = request.format();
        String format = wish != null
                ? wish
                : campaign.formats().stream()
                        .filter(each -> formats.knows(each) && !formats.isRemote(each))
                        .findFirst()
                        .or(() -> campaign.formats().stream().findFirst())
                        .orElse("lecture");
        boolean allowed = campaign.formats().isEmpty() || campaign.formats().contains(format);
        if (!allowed || !formats.knows(format)) {
            violations.add(new Violation("/format", "campaign.other-format", String.join(", ", campaign.formats())));
        } else if (formats.isRemote(format) && request.joinLink() == null) {
            violations.add(new Violation("/joinLink", "join-link.required"));
        }
        return format;
    }

    private void gone(PlanRequest request, Purpose purpose, List<Violation> violations) {
        List<PlanRequest.Gone> gone = Objects.requireNonNullElse(request.gone(), List.of());
        List<PlanRequest.Extra> extra = Objects.requireNonNullElse(request.extra(), List.of());
        if (purpose == Purpose.RESCUE && gone.isEmpty()) {
            violations.add(new Violation("/gone", "plan.gone-needed"));
        }
        if (purpose != Purpose.WHAT_IF && !extra.isEmpty()) {
            violations.add(new Violation("/extra", "plan.only-what-if"));
        }
        for (int i = 0; i < gone.size(); i++) {
            PlanRequest.Gone each = gone.get(i);
            if (each.until().isBefore(each.from())) {
                violations.add(new Violation(
                        "/gone/" + i + "/until", "plan.no-days", each.from().toString()));
            }
            if (each.lecturerId() != null && each.venueId() != null) {
                violations.add(new Violation("/gone/" + i + "/venueId", "plan.gone-both"));
            }
            known("lecturer", each.lecturerId(), "/gone/" + i + "/lecturerId", violations);
            known("venue", each.venueId(), "/gone/" + i + "/venueId", violations);
        }
        for (int i = 0; i < extra.size(); i++) {
            known("lecturer", extra.get(i).likeLecturerId(), "/extra/" + i + "/likeLecturerId", violations);
        }
    }

    private void known(String table, @Nullable UUID id, String pointer, List<Violation> violations) {
        if (id != null && campaigns.known(table, List.of(id)).isEmpty()) {
            violations.add(new Violation(pointer, "reference.unknown"));
        }
    }

    /** Searches again: either keeps only the pins, or continues from the present items. */
    Answer search(IdempotencyKey key, UUID id, int expected, boolean fresh, SearchAgain request) {
        String operation = "POST /plans/" + id + (fresh ? "/replan" : "/continue");
        return idempotency.once(key, operation, request, () -> {
            StoredPlan plan = plans.locked(id);
            Etag.check(expected, plan.version());
            demandIdle(plan);
            Integer seconds = request.seconds();
            if (seconds != null && seconds > config.longestSearch().toSeconds()) {
                throw new InvalidRequest(
                        "/seconds", "plan.seconds-many", config.longestSearch().toSeconds());
            }
            plans.budget(
                    id,
                    seconds == null ? plan.seconds() : seconds,
                    request.seed() == null ? plan.seed() : request.seed());
            plans.become(id, PlanState.QUEUED);
            plans.log(id, key.principal(), fresh ? "REPLANNED" : "CONTINUED", request);
            queue(id, Kind.SEARCH, fresh);
            PlanView view = reader.get(id);
            return Answer.ok(Etag.of(view.version()), write(view));
        });
    }

    static void demandIdle(StoredPlan plan) {
        if (plan.state().isBusy()) {
            throw new PlanRefusal.Busy(plan.state());
        }
        if (plan.state() == PlanState.PUBLISHED) {
            throw new PlanRefusal.Published();
        }
    }

    /** Refuses a plan that has no items to work with. */
    static void demandDraft(StoredPlan plan) {
        demandIdle(plan);
        if (plan.state() != PlanState.DRAFT) {
            throw new PlanRefusal.NotReady(plan.state());
        }
    }

    /** Stops a search: its best plan so far stays. A publication that still holds releases its holds. */
    PlanView cancel(UUID id, String actor) {
        Transactions.inNew(() -> {
            StoredPlan plan = plans.locked(id);
            if (plan.state().isBusy()) {
                boolean running = jobs.cancel(id).orElse(false);
                plans.log(id, actor, "CANCELLED", null);
                if (!running && plan.state() == PlanState.QUEUED) {
                    jobs.done(id);
                    plans.become(id, PlanState.DRAFT);
                }
            }
            return true;
        });
        workers.wake();
        return reader.get(id);
    }

    void delete(UUID id, int expected) {
        Transactions.inNew(() -> {
            StoredPlan plan = plans.locked(id);
            Etag.check(expected, plan.version());
            if (plan.state().isBusy()) {
                throw new PlanRefusal.Busy(plan.state());
            }
            plans.delete(id);
            return true;
        });
    }

    Answer publish(IdempotencyKey key, UUID id, int expected, PublishRequest request) {
        return idempotency.once(key, "POST /plans/" + id + "/publish", request, () -> {
            StoredPlan plan = plans.locked(id);
            Etag.check(expected, plan.version());
            demandPublishable(plan);
            List<StoredItem> items = plans.items(id);
            int total = (int) items.stream().filter(each -> each.slot() != null).count();
            if (total == 0) {
                throw new PlanRefusal.Empty();
            }
            plans.forgetRefusals(id);
            OnRefusal onRefusal = request.onRefusal() == null ? OnRefusal.NOTHING : request.onRefusal();
            plans.publication(id, Publishing.begun(onRefusal, total, key.principal(), clock.instant()));
            plans.become(id, PlanState.PUBLISHING);
            plans.log(id, key.principal(), "PUBLISHING", request);
            queue(id, Kind.PUBLISH, false);
            PlanView view = reader.get(id);
            return Answer.ok(Etag.of(view.version()), write(view));
        });
    }

    static void demandPublishable(StoredPlan plan) {
        if (plan.purpose() == Purpose.WHAT_IF) {
            throw new PlanRefusal.Hypothetical();
        }
        demandDraft(plan);
    }

    private String write(Object view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan cannot be written as JSON", e);
        }
    }
}
