package org.lectern.scheduler.choice;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.choice.ChoicesView.Format;
import org.lectern.scheduler.choice.ChoicesView.ReasonChoice;
import org.lectern.scheduler.reason.ReasonConfig;
import org.lectern.scheduler.schedule.LectureRules;
import org.lectern.scheduler.security.Role;

/** The configured lists over HTTP. */
@Path("/api/v1/choices")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Choices", description = "Lists that an organization configures")
class ChoicesResource {

    private final LectureRules rules;
    private final ReasonConfig reasons;
    private final Messages messages;

    @Inject
    ChoicesResource(LectureRules rules, ReasonConfig reasons, Messages messages) {
        this.rules = rules;
        this.reasons = reasons;
        this.messages = messages;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.OPERATOR, Role.BRANCH, Role.LECTURER})
    @Operation(
            operationId = "getChoices",
            summary = "List the formats and the reason codes",
            description = "Settings of the service, with names in the language of `Accept-Language`.")
    public ChoicesView get() {
        return new ChoicesView(
                rules.formats().stream().map(this::format).toList(),
                reasons.codes().stream()
                        .map(code -> new ReasonChoice(code, messages.word("reason-code", code)))
                        .toList());
    }

    private Format format(String code) {
        return new Format(
                code,
                messages.word("format", code),
                rules.isRemote(code),
                (int) rules.setup(code).toMinutes(),
                (int) rules.teardown(code).toMinutes());
    }
}
