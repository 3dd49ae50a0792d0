package org.lectern.notification.link;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.problem.Refusal;
import org.lectern.notification.acceptance.LectureQuestion;
import org.lectern.notification.acceptance.LectureQuestions;
import org.lectern.notification.acknowledgement.AcknowledgementStatus;
import org.lectern.notification.acknowledgement.Acknowledgements;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.directory.Receivers;
import org.lectern.notification.directory.RecipientKind;
import org.lectern.notification.notice.LectureTime;
import org.lectern.notification.page.Pages;
import org.lectern.notification.wording.MarkedLine;
import org.lectern.notification.wording.OrganizationConfig;

/**
 * The page behind the link in a message. Reading it changes nothing, because mail scanners open every link; only the
 * button acknowledges. A link to an outdated version says so first. It shows the present state only while messages
 * still go to the link's endpoint. A former recipient must not learn of later changes.
 */
@RunOnVirtualThread
@Path("/a/{token}")
@Produces("text/html;charset=UTF-8")
@Tag(name = "Notices")
class LinkResource {

    private final Links links;
    private final LinkConfig config;
    private final Acknowledgements acknowledgements;
    private final LectureQuestions questions;
    private final Receivers receivers;
    private final Calendars calendars;
    private final OrganizationConfig organization;
    private final Clock clock;

    @Inject
    LinkResource(
            Links links,
            LinkConfig config,
            Acknowledgements acknowledgements,
            LectureQuestions questions,
            Receivers receivers,
            Calendars calendars,
            OrganizationConfig organization,
            Clock clock) {
        this.links = links;
        this.config = config;
        this.acknowledgements = acknowledgements;
        this.questions = questions;
        this.receivers = receivers;
        this.calendars = calendars;
        this.organization = organization;
        this.clock = clock;
    }

    @GET
    @PermitAll
    @Operation(
            operationId = "readLink",
            summary = "Show the acknowledgement page",
            description = "Changes nothing. In the language of the notice; `lang` selects another for the "
                    + "text of the page.")
    @APIResponse(
            responseCode = "200",
            description = "The text of the notice, and a button while an acknowledgement is missing")
    @APIResponse(responseCode = "404", description = "A page that says that the link is invalid")
    @APIResponse(responseCode = "410", description = "A page that says that the lecture was too long ago")
    public Response read(
            @PathParam("token") String token,
            @QueryParam("lang") @Nullable String lang,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String accepted) {
        Optional<View> found = view(token);
        if (found.isEmpty()) {
            LinkTexts say = say(Pages.language(lang, accepted));
            return message(404, Pages.language(lang, accepted), say.unknownTitle(), say.unknown());
        }
        View view = found.get();
        String language = Pages.language(lang, view.shown().locale());
        LinkTexts say = say(language);
        if (isExpired(view)) {
            return message(410, language, say.expiredTitle(), say.expired());
        }
        return page(view, token, language, say);
    }

    @GET
    @Path("/lecture.ics")
    @Produces("text/calendar;charset=UTF-8")
    @PermitAll
    @Operation(
            operationId = "addToCalendar",
            summary = "Read the lecture behind the link as iCalendar",
            description = "The version shown by the page.")
    @APIResponse(responseCode = "200", description = "iCalendar (RFC 5545) with one event")
    @APIResponse(responseCode = "404", description = "The link is invalid or outdated")
    public Response calendar(@PathParam("token") String token) {
        return view(token)
                .filter(view -> !isExpired(view) && !view.hidesNewest())
                .flatMap(view -> calendars.publication(
                        view.shown().notice(), view.shown().locale()))
                .map(file -> Response.ok(file, "text/calendar;charset=UTF-8;method=PUBLISH")
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"lecture.ics\"")
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .header("Referrer-Policy", "no-referrer")
                        .header("X-Robots-Tag", "noindex, nofollow")
                        .build())
                .orElseThrow(NotFound::new);
    }

    @POST
    @PermitAll
    @Operation(
            operationId = "acknowledgeByLink",
            summary = "Acknowledge a notice by link, or answer it as the lecturer",
            description =
                    "The action of the buttons on the page. A repeat changes nothing. The answer of a lecturer is "
                            + "sent to the scheduler; it can be changed until the lecture begins.")
    @APIResponse(responseCode = "303", description = "To the page, which shows the new state")
    @APIResponse(responseCode = "404", description = "The link is invalid")
    public Response acknowledge(
            @PathParam("token") String token,
            @QueryParam("lang") @Nullable String lang,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String accepted,
            @Parameter(description = "The version that the page showed; without it the one that the link was sent with")
                    @FormParam("notice")
                    @Nullable
                    String notice,
            @Parameter(description = "`accept` or `decline`, by the lecturer; without it the notice is acknowledged")
                    @FormParam("answer")
                    @Nullable
                    String answer,
            @Parameter(
                            description = "Why the lecturer declines: `ill`, `other-appointment`, `cannot-travel` or "
                                    + "`other`; required then")
                    @FormParam("reason")
                    @Nullable
                    String reason) {
        Optional<View> found = view(token);
        if (found.isEmpty()) {
            return read(token, lang, accepted);
        }
        View view = found.get();
        UUID seen = notice == null || notice.isBlank() ? view.linked().notice() : id(notice);
        // acknowledges only the version that the reader saw, never one that arrived while the page was open
        if (view.shown().notice().equals(seen) && (answer == null || answered(view, answer, reason))) {
            acknowledge(seen);
        }
        String query = lang == null ? "" : "?lang=" + Pages.language(lang, null);
        return Response.status(Response.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, "/a/" + token + query)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private void acknowledge(UUID notice) {
        try {
            acknowledgements.acknowledgeByLink(notice);
        } catch (Refusal e) {
            // superseded, over or gone: the page says so
        }
    }

    /** Sends the answer of a lecturer; returns whether it also says that the lecturer is informed. */
    private boolean answered(View view, String answer, @Nullable String reason) {
        UUID notice = view.shown().notice();
        if (answer.equals("accept")) {
            return questions.accept(notice, view.endpoint());
        }
        if (answer.equals("decline")) {
            Optional.ofNullable(reason)
                    .flatMap(LectureQuestion.Why::of)
                    .ifPresent(why -> questions.decline(notice, view.endpoint(), why));
        }
        return false;
    }

    /**
     * What a reader of a link may see.
     *
     * @param linked the notice of the link
     * @param shown the newest notice about the lecture if the reader still gets messages, else the same
     */
    private record View(AcknowledgementStatus linked, AcknowledgementStatus shown, UUID endpoint) {

        boolean outdated() {
            return linked.superseded();
        }

        /** Whether the link is outdated and its reader gets no messages any more. */
        boolean hidesNewest() {
            return shown.superseded();
        }
    }

    private Optional<View> view(String token) {
        return links.read(token)
                .flatMap(link -> acknowledgements
                        .standing(link.notice())
                        .map(linked ->
                                new View(linked, newest(linked, link.endpoint()).orElse(linked), link.endpoint())));
    }

    private Optional<AcknowledgementStatus> newest(AcknowledgementStatus linked, UUID endpoint) {
        UUID newest = linked.newest();
        return newest != null && receivers.isUsed(endpoint) ? acknowledgements.standing(newest) : Optional.empty();
    }

    private boolean isExpired(View view) {
        return clock.instant().isAfter(view.shown().endsAt().plus(config.validAfterLecture()));
    }

    /** Parses an id. Invalid text gives an id that no notice has. */
    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return new UUID(0, 0);
        }
    }

    private Response page(View view, String token, String language, LinkTexts say) {
        AcknowledgementStatus shown = view.shown();
        boolean lecturer = shown.kind() == RecipientKind.LECTURER;
        Locale locale = Locale.forLanguageTag(language);
        Instant given = shown.acknowledgedAt();
        Instant earlier = view.linked().acknowledgedAt();
        boolean over = clock.instant().isAfter(shown.endsAt());
        String outdated = view.hidesNewest()
                ? lecturer ? say.ownOutdated() : say.outdated()
                : view.outdated() ? say.outdatedWithState() : null;
        String state = "due";
        String message = say.ask(shown.branch());
        if (view.hidesNewest()) {
            state = "plain";
            message = earlier == null ? null : say.earlierGiven(LectureTime.moment(earlier, shown.zone(), locale));
        } else if (given != null) {
            state = "given";
            message = say.given(LectureTime.moment(given, shown.zone(), locale));
        } else if (over) {
            state = "plain";
            message = say.over();
        }
        Optional<LectureQuestion> asked = view.hidesNewest() || over || !lecturer
                ? Optional.empty()
                : questions.find(shown.notice(), view.endpoint());
        if (asked.isPresent()) {
            state = AnswerWords.state(asked.get());
            message = AnswerWords.message(asked.get(), say, shown.zone(), locale);
        }
        boolean due = asked.isEmpty() && state.equals("due");
        boolean takesPlace = !over && !shown.cancelled() && !view.hidesNewest();
        return respond(
                200,
                new Page(
                        shown.locale(),
                        shown.title(),
                        MarkedLine.of(shown.body()),
                        shown.cancelled(),
                        takesPlace ? shown.joinLink() : null,
                        outdated,
                        state,
                        message,
                        asked.map(question -> AnswerWords.buttons(question, shown.notice(), say))
                                .orElse(null),
                        due ? say.button() : null,
                        due ? shown.notice().toString() : null,
                        asked.isPresent() ? say.answerNote() : due ? lecturer ? say.ownNote() : say.note() : null,
                        takesPlace ? token + "/lecture.ics" : null),
                language,
                say);
    }

    private Response message(int status, String language, String title, String text) {
        Page page =
                new Page(language, title, List.of(), false, null, null, "plain", text, null, null, null, null, null);
        return respond(status, page, language, say(language));
    }

    /** The parts that differ between pages. */
    private record Page(
            String noticeLanguage,
            String title,
            List<MarkedLine> lines,
            boolean cancelled,
            @Nullable String joinLink,
            @Nullable String outdated,
            String state,
            @Nullable String message,
            LinkPage.@Nullable Asked asked,
            @Nullable String button,
            @Nullable String notice,
            @Nullable String note,
            @Nullable String calendar) {}

    private Response respond(int status, Page page, String language, LinkTexts say) {
        return Pages.page(
                        status,
                        nonce -> new LinkPage(
                                        language,
                                        organization.name(Locale.forLanguageTag(language)),
                                        page.outdated(),
                                        page.noticeLanguage(),
                                        page.title(),
                                        page.lines(),
                                        page.cancelled(),
                                        page.joinLink(),
                                        say.join(),
                                        page.state(),
                                        page.message(),
                                        page.asked(),
                                        page.button(),
                                        page.notice(),
                                        page.note(),
                                        page.calendar(),
                                        say.addToCalendar(),
                                        Pages.nameOfOther(language),
                                        Pages.otherLanguage(language),
                                        nonce)
                                .render())
                .header(HttpHeaders.CONTENT_LANGUAGE, language)
                .build();
    }

    private static LinkTexts say(String language) {
        return MessageBundles.get(LinkTexts.class, Localized.Literal.of(language));
    }
}
