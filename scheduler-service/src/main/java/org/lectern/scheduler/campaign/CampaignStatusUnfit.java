package org.lectern.scheduler.campaign;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The campaign is not where it could be activated or closed from. */
final class CampaignStatusUnfit extends Refusal {
    CampaignStatusUnfit(CampaignStatus status) {
        super(409, "campaign-status", List.of(), status);
    }
}
