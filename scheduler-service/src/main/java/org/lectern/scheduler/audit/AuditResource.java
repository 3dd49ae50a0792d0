package org.lectern.scheduler.audit;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.audit.AuditTrail.Criteria;
import org.lectern.scheduler.reason.ReasonCode;
import org.lectern.scheduler.security.Role;

/** The audit over HTTP, read-only. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Audit", description = "Who changed what, when, from what to what and why; chained so that tampering shows")
class AuditResource {

    private static final Pattern ANCHOR = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

    private final AuditTrail trail;
    private final Verifier verifier;

    @Inject
    AuditResource(AuditTrail trail, Verifier verifier) {
        this.trail = trail;
        this.verifier = verifier;
    }

    @GET
    @RolesAllowed({Role.AUDITOR, Role.OPERATOR, Role.ORGANIZER})
    @Operation(operationId = "listAudit", summary = "List changes, the newest first")
    public Page<EntryView> list(
            @Parameter(description = "Only changes of this kind of thing") @QueryParam("kind") @Nullable Kind kind,
            @Parameter(
                            description =
                                    "Only changes of this subject: its identifier, a year of the calendar, or two "
                                            + "places with `:` between them",
                            example = "0198c0de-7f3e-7a55-9d0e-1f1f6a2c9a55")
                    @QueryParam("subject")
                    @Nullable
                    String subject,
            @Parameter(description = "Only changes made by this subject of access tokens, or by `system`")
                    @QueryParam("actor")
                    @Nullable
                    String actor,
            @Parameter(description = "Only changes with this action", example = "CHANGED")
                    @QueryParam("action")
                    @Nullable
                    String action,
            @Parameter(description = "Only changes with this reason code")
                    @QueryParam("reasonCode")
                    @ReasonCode
                    @Nullable
                    String reasonCode,
            @Parameter(description = "Only changes at or after this (RFC 3339 with offset)")
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "Only changes before this (RFC 3339 with offset)") @QueryParam("to") @Nullable
                    String to,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var criteria = new Criteria(
                kind, subject, actor, action, reasonCode, Parameters.time("from", from), Parameters.time("to", to));
        var found = trail.list(criteria, Cursor.ofTime(cursor), limit + 1);
        return Page.of(
                found, limit, entry -> entry, entry -> new Cursor(entry.at().toString(), entry.id()));
    }

    @GET
    @Path("/verify")
    @RolesAllowed(Role.AUDITOR)
    @Operation(
            operationId = "verifyAudit",
            summary = "Verify that the audit trail is intact",
            description = "Reads the whole chain and recomputes every hash. The result is intact, or the "
                    + "first broken position. One verification at a time per process "
                    + "(`verification-running`).")
    @Conflicts
    public Verification verify(
            @Parameter(
                            description =
                                    "An earlier end of the chain: `head` of an earlier verification, or the `Audit "
                                            + "anchor` of a log line",
                            example = "35120:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
                    @QueryParam("anchor")
                    @Nullable
                    String anchor) {
        return verifier.verify(link(anchor));
    }

    private static @Nullable Link link(@Nullable String anchor) {
        if (anchor == null) {
            return null;
        }
        Matcher parts = ANCHOR.matcher(anchor);
        if (!parts.matches()) {
            throw new InvalidRequest("?anchor", "audit.anchor");
        }
        return new Link(Long.parseLong(parts.group(1)), parts.group(2));
    }
}
