package org.lectern.scheduler.search;

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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.registry.branch.BranchScope;
import org.lectern.scheduler.search.SearchHit.Found;
import org.lectern.scheduler.search.SearchHit.Kind;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** The search over HTTP. */
@Path("/api/v1/search")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Search", description = "One search over everything that is planned with")
class SearchResource {

    private static final int LONGEST = 100;
    private static final int MOST_WORDS = 5;
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Lookup lookup;
    private final BranchScope scope;
    private final Caller caller;

    @Inject
    SearchResource(Lookup lookup, BranchScope scope, Caller caller) {
        this.lookup = lookup;
        this.scope = scope;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH})
    @Operation(
            operationId = "search",
            summary = "Search branches, lecturers, venues, topics and bookings",
            description = """
                    By code, name, pinyin (`qingshicun`) and its initials (`qsc`), regardless of case and width; or by id. Every \
                    word must occur: of a booking in its lecturer, topic, host or venue. Exact codes first, then beginnings, \
                    then the rest; bookings last, the next one first. Cancelled bookings are found by their id only. A branch \
                    finds its own branches and lectures, and no lecturers.""")
    public Found search(
            @Parameter(description = "Up to 5 words, or an id", example = "qsc", required = true)
                    @QueryParam("q")
                    @Nullable
                    String q,
            @Parameter(description = "Only these kinds, separated by commas", example = "LECTURER,BOOKING")
                    @QueryParam("kinds")
                    @Nullable
                    String kinds,
            @Parameter(description = "How many of each kind") @QueryParam("limit") @DefaultValue("8") @Min(1) @Max(50)
                    int limit) {
        String text = BLANKS.matcher(q == null ? "" : q).replaceAll(" ").strip();
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST) {
            throw new InvalidRequest("?q", "lookup.length", LONGEST);
        }
        Set<Kind> wanted = kinds(kinds);
        Optional<Set<UUID>> visible = scope.visibleTo(caller);
        if (ID.matcher(text).matches()) {
            return new Found(lookup.byId(UUID.fromString(text), wanted, visible));
        }
        List<String> words = Arrays.stream(text.split(" ")).limit(MOST_WORDS).toList();
        return new Found(lookup.find(words, wanted, visible, limit));
    }

    private static Set<Kind> kinds(@Nullable String text) {
        if (text == null) {
            return EnumSet.allOf(Kind.class);
        }
        try {
            return Arrays.stream(text.split(",", -1)).map(Kind::valueOf).collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest(
                    "?kinds",
                    "lookup.kinds",
                    Arrays.stream(Kind.values()).map(Kind::name).collect(Collectors.joining(", ")));
        }
    }
}
