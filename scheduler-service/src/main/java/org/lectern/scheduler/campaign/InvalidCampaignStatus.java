package org.lectern.scheduler.campaign;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The status of the campaign does not permit activating or closing it. */
final class InvalidCampaignStatus extends Refusal {
    InvalidCampaignStatus(CampaignStatus status) {
        super(409, "campaign-status", List.of(), status);
    }
}
