package org.lectern.scheduler.registry.lecturer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.consequence.ConsequencesView;
import org.lectern.scheduler.consequence.OutdatedBookings;
import org.lectern.scheduler.registry.Place;

/** A lecturer as returned by the API; auditors see no contact data. */
@Schema(name = "Lecturer")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LecturerView(
        UUID id,
        @Schema(examples = "1") int version,
        @Schema(examples = "L-007") String code,
        @Schema(examples = "林晓岚") String name,
        @Schema(examples = "municipal") String tier,
        List<UUID> topicIds,
        @Schema(examples = "Asia/Shanghai") String zone,
        @Schema(examples = "zh-CN") String locale,

        @Schema(description = "`***` for auditors, if there is one") @Nullable
        Place home,

        @Schema(description = "`***` for auditors, if there is one", examples = "lin@example.org") @Nullable
        String email,

        @Schema(description = "`***` for auditors, if there is one", examples = "+86 138 0000 0000") @Nullable
        String phone,

        boolean archived,
        @Nullable OutdatedBookings outdatedBookings,

        @Schema(description = "Only in the answer to a change: the upcoming bookings that no longer fit") @Nullable
        ConsequencesView consequences) {

    /** Replaces contact data that a reader may not see. Imports refuse it as an e-mail address or telephone number. */
    private static final String HIDDEN = "***";

    /** The same, with contact data masked: readers learn only that it exists. */
    LecturerView withoutContact() {
        return new LecturerView(
                id,
                version,
                code,
                name,
                tier,
                topicIds,
                zone,
                locale,
                home == null ? null : new Place(HIDDEN, null, null),
                email == null ? null : HIDDEN,
                phone == null ? null : HIDDEN,
                archived,
                null,
                null);
    }

    /** The same with the bookings that a change outdated. */
    LecturerView with(@Nullable OutdatedBookings outdated) {
        return new LecturerView(
                id,
                version,
                code,
                name,
                tier,
                topicIds,
                zone,
                locale,
                home,
                email,
                phone,
                archived,
                outdated,
                consequences);
    }

    /** The same with the bookings that no longer fit. */
    LecturerView with(ConsequencesView found) {
        return new LecturerView(
                id,
                version,
                code,
                name,
                tier,
                topicIds,
                zone,
                locale,
                home,
                email,
                phone,
                archived,
                outdatedBookings,
                found);
    }
}
