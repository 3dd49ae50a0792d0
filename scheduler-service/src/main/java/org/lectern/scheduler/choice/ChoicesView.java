package org.lectern.scheduler.choice;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.http.Derived;

/** The configured lists, in the order in which people choose. */
@Schema(name = "Choices")
record ChoicesView(List<Format> formats, List<ReasonChoice> reasonCodes) implements Derived {

    /** How a lecture can be held. */
    @Schema(name = "FormatChoice")
    record Format(
            @Schema(examples = "field-class") String code,

            @Schema(
                    description = "In the language of `Accept-Language`; the code if it has no text",
                    examples = "Field class")
            String name,

            @Schema(description = "Held over a join link; needs no venue")
            boolean remote,

            @Schema(description = "Before the lecture its lecturer, venue and branches are occupied", examples = "30")
            int setupMinutes,

            @Schema(description = "The same after the lecture", examples = "15")
            int teardownMinutes) {}

    /** Why a booking is changed or a request refused. */
    @Schema(name = "ReasonChoice")
    record ReasonChoice(
            @Schema(examples = "weather") String code,

            @Schema(
                    description = "In the language of `Accept-Language`; the code if it has no text",
                    examples = "Weather")
            String name) {}
}
