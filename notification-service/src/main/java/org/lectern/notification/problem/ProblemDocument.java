package org.lectern.notification.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An error as RFC 9457 describes it: {@code application/problem+json}. */
@Schema(
        name = "Problem",
        description =
                "An error (RFC 9457). `code` is stable and meant for programs; the texts follow `Accept-Language`.")
@JsonPropertyOrder({"type", "title", "status", "detail", "code", "traceId", "errors"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDocument(
        @Schema(examples = "urn:lectern:problem:endpoint-exists", description = "Identifies the kind of problem")
        String type,

        @Schema(examples = "The branch has this endpoint already")
        String title,

        @Schema(examples = "409") int status,

        @Schema(examples = "Change the endpoint that is there instead of adding it again.") @Nullable
        String detail,

        @Schema(examples = "endpoint-exists") String code,

        @Schema(examples = "4bf92f3577b34da6a3ce929d0e0e4736", description = "Give this to the operators") @Nullable
        String traceId,

        @Schema(description = "What is wrong, field by field")
        List<FieldError> errors,

        @JsonIgnore Map<String, Object> members) {

    /** One field that is wrong, and what to do about it. */
    @Schema(name = "FieldError")
    public record FieldError(
            @Schema(
                    examples = "/address",
                    description =
                            "JSON Pointer into the body; `?name` for a query parameter; the bare name for a header")
            String pointer,

            @Schema(examples = "must be one e-mail address") String detail) {}

    @JsonAnyGetter
    Map<String, Object> extensions() {
        return members;
    }
}
