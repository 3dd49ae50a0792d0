package org.lectern.scheduler.booking;

import jakarta.validation.constraints.NotBlank;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.validation.MaxLength;

/**
 * An organizer's decision to book despite broken rules such as working time or travel. It never overrides a conflict.
 * The history stores it with the rules that were actually broken.
 */
@Schema(name = "Override")
public record RuleOverride(
        @Schema(description = "Stored in the history, not shown to the branch", examples = "讲师确认可乘专车赶到")
        @NotBlank
        @MaxLength(500)
        String reason) {}
