package org.lectern.scheduler.request;

import jakarta.validation.constraints.NotBlank;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.reason.Reason;
import org.lectern.scheduler.reason.ReasonCode;
import org.lectern.scheduler.validation.MaxLength;

/** The reason for refusing a request. */
@Schema(name = "RefuseRequest")
record RefuseRequest(
        @Schema(description = "Shown to the branch", examples = "本季度该主题的讲师已排满，请改报一季度") @NotBlank @MaxLength(500)
        String reason,

        @Schema(description = ReasonCode.DESCRIPTION, examples = "organizational") @ReasonCode @Nullable
        String reasonCode) {

    Reason why() {
        return new Reason(reason, reasonCode);
    }
}
