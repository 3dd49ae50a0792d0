package org.lectern.scheduler.campaign;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** A closed campaign cannot change. */
final class CampaignClosed extends Refusal {
    CampaignClosed() {
        super(409, "campaign-closed", List.of());
    }
}
