package org.lectern.scheduler.registry.lecturer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.registry.Place;
import org.lectern.scheduler.validation.Code;
import org.lectern.scheduler.validation.MaxLength;
import org.lectern.scheduler.validation.SingleLine;

/** A lecturer as sent by an organizer. */
@Schema(name = "LecturerRequest")
record LecturerRequest(
        @Schema(examples = "L-007") @NotNull @Code String code,

        @Schema(examples = "林晓岚") @NotBlank @SingleLine @MaxLength(100)
        String name,

        @Schema(
                description = "national, provincial, municipal, county or grassroots, unless configured otherwise",
                examples = "municipal")
        @NotBlank
        @MaxLength(50)
        String tier,

        @Schema(description = "The topics of the lecturer") @Size(max = 200) @Nullable
        Set<@NotNull UUID> topicIds,

        @Schema(description = "IANA time zone; Asia/Shanghai unless configured otherwise", examples = "Asia/Shanghai")
        @MaxLength(60)
        @Nullable
        String zone,

        @Schema(
                description = "The language of the lecturer's notices; zh-CN unless configured otherwise",
                enumeration = {"en", "zh-CN"},
                examples = "zh-CN")
        @Nullable
        String locale,

        @Schema(description = "The home place, where travel starts") @Valid @Nullable
        Place home,

        @Schema(description = "Never leaves this service", examples = "lin@example.org")
        @Email
        @MaxLength(254)
        @Nullable
        String email,

        @Schema(description = "Never leaves this service", examples = "+86 138 0000 0000")
        @Pattern(regexp = "[+]?[0-9][0-9 ()/-]{3,30}", message = "{org.lectern.Phone.message}")
        @Nullable
        String phone,

        @Schema(description = "In a change: false restores what is archived; by default it stays as it is") @Nullable
        Boolean archived) {

    Set<UUID> topics() {
        return topicIds == null ? Set.of() : topicIds;
    }
}
