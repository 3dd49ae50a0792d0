package org.lectern.scheduler.campaign.coverage;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.campaign.Campaigns;
import org.lectern.scheduler.campaign.coverage.BranchCoverage.OfCampaign;
import org.lectern.scheduler.campaign.coverage.Inventory.Criteria;
import org.lectern.scheduler.campaign.coverage.Inventory.Listed;
import org.lectern.scheduler.registry.branch.BranchScope;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** The campaigns that target a branch, limited to its own coverage. */
@Path("/api/v1/branches/{id}/coverage")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Campaigns")
class BranchCoverageResource {

    private static final int MOST_TOPICS = 1000;

    private final Campaigns campaigns;
    private final Inventory inventory;
    private final BranchScope scope;
    private final Caller caller;

    @Inject
    BranchCoverageResource(Campaigns campaigns, Inventory inventory, BranchScope scope, Caller caller) {
        this.campaigns = campaigns;
        this.inventory = inventory;
        this.scope = scope;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH})
    @Operation(
            operationId = "getBranchCoverage",
            summary = "Read the coverage of active campaigns at a branch",
            description = "The branch itself, without its subtree. A branch sees its subtree only.")
    public BranchCoverage get(@PathParam("id") UUID id) {
        boolean seen =
                scope.visibleTo(caller).map(visible -> visible.contains(id)).orElse(true);
        if (!seen || campaigns.known("branch", List.of(id)).isEmpty()) {
            throw new NotFound();
        }
        return new BranchCoverage(campaigns.activeFor(id).stream()
                .map(campaign -> new OfCampaign(
                        campaign.id(),
                        campaign.code(),
                        campaign.name(),
                        campaign.from(),
                        campaign.until(),
                        inventory.items(campaign, Criteria.of(id), null, MOST_TOPICS).stream()
                                .map(Listed::item)
                                .toList()))
                .toList());
    }
}
