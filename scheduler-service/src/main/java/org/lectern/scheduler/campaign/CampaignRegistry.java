package org.lectern.scheduler.campaign;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.time.Uuid7;
import org.lectern.chassis.time.Years;
import org.lectern.chassis.time.Zones;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.Kind;

/** Creates, changes, activates and closes campaigns, and updates their targets. */
@ApplicationScoped
class CampaignRegistry {

    private static final String DEFAULT_ZONE = "Asia/Shanghai";

    private final Campaigns campaigns;
    private final Audit audit;
    private final Clock clock;

    @Inject
    CampaignRegistry(Campaigns campaigns, Audit audit, Clock clock) {
        this.campaigns = campaigns;
        this.audit = audit;
        this.clock = clock;
    }

    /** The audit state: the campaign and, with new targets, their difference. */
    record Audited(CampaignView campaign, @Nullable TargetsDiff targets) {}

    CampaignView create(CampaignRequest request, String actor) {
        return Transactions.inNew(() -> {
            check(request);
            UUID id = Uuid7.next();
            campaigns.add(id, request, zone(request), now());
            campaigns.takeTargets(id, now());
            return audited(id, "ENTERED", null, actor);
        });
    }

    CampaignView change(UUID id, int expected, CampaignRequest request, String actor) {
        return Transactions.inNew(() -> {
            CampaignView before = locked(id, expected);
            if (before.status() == CampaignStatus.CLOSED) {
                throw new CampaignClosed();
            }
            check(request);
            campaigns.change(id, request, zone(request), now());
            if (before.status() == CampaignStatus.DRAFT) {
                campaigns.takeTargets(id, now());
            }
            return audited(id, "CHANGED", null, actor);
        });
    }

    /** Opens the campaign for bookings. Activating a draft determines its targets. */
    CampaignView activate(UUID id, int expected, String actor) {
        return Transactions.inNew(() -> {
            CampaignView before = locked(id, expected);
            switch (before.status()) {
                case DRAFT -> campaigns.takeTargets(id, now());
                case CLOSED -> {
                    // a reopened campaign keeps its targets
                }
                case ACTIVE -> throw new InvalidCampaignStatus(before.status());
            }
            campaigns.become(id, CampaignStatus.ACTIVE, now());
            return audited(id, "ACTIVATED", null, actor);
        });
    }

    CampaignView close(UUID id, int expected, String actor) {
        return Transactions.inNew(() -> {
            CampaignView before = locked(id, expected);
            if (before.status() != CampaignStatus.ACTIVE) {
                throw new InvalidCampaignStatus(before.status());
            }
            campaigns.become(id, CampaignStatus.CLOSED, now());
            return audited(id, "CLOSED", null, actor);
        });
    }

    /** Recomputes the targets; the audit records the difference. */
    CampaignView refresh(UUID id, int expected, String actor) {
        return Transactions.inNew(() -> {
            CampaignView before = locked(id, expected);
            if (before.status() == CampaignStatus.CLOSED) {
                throw new CampaignClosed();
            }
            TargetsDiff diff = campaigns.diff(before);
            campaigns.touch(id, now());
            campaigns.takeTargets(id, now());
            return audited(id, "TARGETS_TAKEN", diff, actor);
        });
    }

    private CampaignView locked(UUID id, int expected) {
        CampaignView campaign = campaigns.locked(id);
        Etag.check(expected, campaign.version());
        return campaign;
    }

    private CampaignView audited(UUID id, String action, @Nullable TargetsDiff targets, String actor) {
        CampaignView after = campaigns.view(id);
        audit.append(
                Kind.CAMPAIGN,
                id,
                after.version(),
                action,
                after.updatedAt(),
                actor,
                null,
                new Audited(after, targets));
        return after;
    }

    private void check(CampaignRequest request) {
        List<Violation> violations = new ArrayList<>();
        CampaignRequest.Targets targets = request.targets();
        if (request.until().isBefore(request.from())) {
            violations.add(new Violation("/until", "campaign.until-before-from"));
        }
        if (!Years.accept(request.from().getYear())) {
            violations.add(new Violation("/from", "time.year"));
        }
        if (!Years.accept(request.until().getYear())) {
            violations.add(new Violation("/until", "time.year"));
        }
        if (request.zone() != null && Zones.find(request.zone()).isEmpty()) {
            violations.add(new Violation("/zone", "zone.unknown"));
        }
        if (isNone(targets.subtreeOf()) && isNone(targets.kinds()) && isNone(targets.branchIds())) {
            violations.add(new Violation("/targets", "campaign.targets-nobody"));
        }
        known("topic", "/topicIds", request.topicIds(), violations);
        known("branch", "/targets/subtreeOf", targets.subtreeOf(), violations);
        known("branch", "/targets/branchIds", targets.branchIds(), violations);
        known("branch", "/targets/priorityBranchIds", targets.priorityBranchIds(), violations);
        if (targets.exclusions() != null) {
            List<UUID> excluded = targets.exclusions().stream()
                    .map(CampaignRequest.Exclusion::branchId)
                    .toList();
            known("branch", "/targets/exclusions", excluded, violations);
            Set<UUID> seen = new HashSet<>();
            for (int i = 0; i < excluded.size(); i++) {
                if (!seen.add(excluded.get(i))) {
                    violations.add(new Violation("/targets/exclusions/" + i + "/branchId", "campaign.twice"));
                }
            }
        }
        InvalidRequest.unlessEmpty(violations);
    }

    private void known(String table, String pointer, @Nullable List<UUID> ids, List<Violation> violations) {
        if (ids == null || ids.isEmpty()) {
            return;
        }
        Set<UUID> known = new HashSet<>(campaigns.known(table, ids));
        for (int i = 0; i < ids.size(); i++) {
            if (!known.contains(ids.get(i))) {
                violations.add(new Violation(pointer + "/" + i, "reference.unknown"));
            }
        }
    }

    private static boolean isNone(@Nullable List<?> list) {
        return list == null || list.isEmpty();
    }

    private static String zone(CampaignRequest request) {
        return request.zone() == null ? DEFAULT_ZONE : request.zone();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
