package org.lectern.chassis.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An error as defined by RFC 9457: {@code application/problem+json}. */
@Schema(
        name = "Problem",
        description =
                "An error (RFC 9457). `code` is stable and meant for programs; the texts follow `Accept-Language`.")
@JsonPropertyOrder({"type", "title", "status", "detail", "code", "traceId", "errors"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDocument(
        @Schema(examples = "urn:lectern:problem:stale-version", description = "Identifies the kind of problem")
        String type,

        @Schema(examples = "Version conflict") String title,
        @Schema(examples = "412") int status,

        @Schema(examples = "It was changed since you read it. Read it again, then repeat your change.") @Nullable
        String detail,

        @Schema(examples = "stale-version") String code,

        @Schema(examples = "4bf92f3577b34da6a3ce929d0e0e4736", description = "Quote it to the operators") @Nullable
        String traceId,

        @Schema(description = "The errors by field") List<FieldError> errors,

        @JsonIgnore Map<String, Object> members) {

    /** The description of a refusal in a language. */
    static ProblemDocument of(Refusal refusal, Locale language) {
        List<FieldError> errors = refusal.violations().stream()
                .map(violation -> new FieldError(
                        violation.pointer(),
                        Texts.text(
                                language, violation.key(), violation.arguments().toArray())))
                .toList();
        return of(refusal.status(), refusal.code(), language, errors, refusal.members(), refusal.arguments());
    }

    static ProblemDocument of(
            int status,
            String code,
            Locale language,
            List<FieldError> errors,
            Map<String, Object> members,
            Object... arguments) {
        var trace = Span.current().getSpanContext();
        return new ProblemDocument(
                "urn:lectern:problem:" + code,
                Texts.text(language, code + ".title"),
                status,
                Texts.text(language, code + ".detail", arguments),
                code,
                trace.isValid() ? trace.getTraceId() : null,
                errors,
                members);
    }

    /** One invalid field, and how to correct it. */
    @Schema(name = "FieldError")
    public record FieldError(
            @Schema(
                    examples = "/start",
                    description =
                            "JSON Pointer into the body; `?name` for a query parameter; the bare name for a header")
            String pointer,

            @Schema(examples = "must be in the form 2026-12-01T14:00:00+08:00")
            String detail) {}

    /** A problem without members of its own, for answers outside Jakarta REST. */
    public static ProblemDocument of(Locale language, int status, String code) {
        return new ProblemDocument(
                "urn:lectern:problem:" + code,
                Texts.text(language, code + ".title"),
                status,
                Texts.text(language, code + ".detail"),
                code,
                null,
                List.of(),
                Map.of());
    }

    @JsonAnyGetter
    Map<String, Object> extensions() {
        return members;
    }
}
