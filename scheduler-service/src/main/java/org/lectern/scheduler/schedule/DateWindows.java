package org.lectern.scheduler.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** A date with exceptional windows. */
@Schema(name = "DateWindows")
@JsonInclude(JsonInclude.Include.NON_NULL)
record DateWindows(
        @Schema(examples = "2026-12-31") @NotNull LocalDate date,

        @Schema(description = "Empty: not available on this date") @NotNull @Size(max = 24)
        List<@NotNull @Valid WindowRequest> windows,

        @Schema(examples = "年终总结") @MaxLength(200) @Nullable String note) {}
