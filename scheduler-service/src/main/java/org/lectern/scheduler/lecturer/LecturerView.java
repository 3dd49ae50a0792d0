package org.lectern.scheduler.lecturer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.place.Place;

/** A lecturer as organizers and auditors see him. */
@Schema(name = "Lecturer")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LecturerView(
        UUID id,
        @Schema(examples = "1") int version,
        @Schema(examples = "L-007") String code,
        @Schema(examples = "林晓岚") String name,
        @Schema(examples = "municipal") String tier,
        List<UUID> topicIds,
        @Nullable Place home,
        @Schema(examples = "lin@example.org") @Nullable String email,
        @Schema(examples = "+86 138 0000 0000") @Nullable String phone,
        boolean archived) {}
