package org.lectern.scheduler.campaign;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** A campaign that is closed does not change any more. */
final class CampaignClosed extends Refusal {
    CampaignClosed() {
        super(409, "campaign-closed", List.of());
    }
}
