package org.lectern.scheduler.request;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.reason.Reason;
import org.lectern.scheduler.reason.ReasonCode;
import org.lectern.scheduler.validation.MaxLength;

/** The optional reason of a branch for declining or withdrawing. */
@Schema(name = "ReasonRequest")
record ReasonRequest(
        @Schema(examples = "当天有村民代表大会") @MaxLength(500) @Nullable
        String reason,

        @Schema(description = ReasonCode.DESCRIPTION, examples = "branch-request") @ReasonCode @Nullable
        String reasonCode) {

    static final ReasonRequest NONE = new ReasonRequest(null, null);

    Reason why() {
        return new Reason(reason, reasonCode);
    }
}
