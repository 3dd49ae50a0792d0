package org.lectern.notification.link;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
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
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.acknowledgement.Acknowledgements;
import org.lectern.notification.acknowledgement.Standing;
import org.lectern.notification.notice.LectureTime;
import org.lectern.notification.problem.Language;
import org.lectern.notification.problem.Refusal;
import org.lectern.notification.secret.Secrets;

/**
 * The page behind the link in a message. Reading it changes nothing, for mail scanners open every link; only the button
 * acknowledges. An old link shows what it always showed and says that it is out of date, but nothing newer: who was taken
 * off the branch's addresses meanwhile must not learn of it.
 */
@Path("/a/{token}")
@Produces("text/html;charset=UTF-8")
@Tag(name = "Notices")
class LinkResource {

    private static final String ENGLISH = "en";
    private static final String CHINESE = "zh-CN";

    private final Links links;
    private final LinkConfig config;
    private final Acknowledgements acknowledgements;
    private final Clock clock;

    @Inject
    LinkResource(Links links, LinkConfig config, Acknowledgements acknowledgements, Clock clock) {
        this.links = links;
        this.config = config;
        this.acknowledgements = acknowledgements;
        this.clock = clock;
    }

    @GET
    @PermitAll
    @SecurityRequirements
    @Operation(
            operationId = "readLink",
            summary = "The page behind the link in a message",
            description = "Changes nothing. In the notice's language; `lang` chooses another for the page's own words.")
    @APIResponse(
            responseCode = "200",
            description = "What the notice says, and a button while it waits for an acknowledgement",
            content = @Content(mediaType = "text/html", schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "404", description = "There is no such link: a page that says so")
    @APIResponse(responseCode = "410", description = "The lecture was too long ago: a page that says so")
    public Response read(
            @Parameter(description = "From the message") @PathParam("token") String token,
            @Parameter(description = "`en` or `zh-CN`") @QueryParam("lang") @Nullable String lang,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String accepted) {
        Optional<Standing> found = links.notice(token).flatMap(acknowledgements::standing);
        if (found.isEmpty()) {
            LinkTexts say = say(language(lang, accepted));
            return message(404, language(lang, accepted), say.unknownTitle(), say.unknown());
        }
        Standing standing = found.get();
        String language = language(lang, standing.locale());
        LinkTexts say = say(language);
        Instant now = clock.instant();
        if (now.isAfter(standing.endsAt().plus(config.validAfterLecture()))) {
            return message(410, language, say.expiredTitle(), say.expired());
        }
        Instant given = standing.acknowledgedAt();
        if (given != null) {
            String time = LectureTime.moment(given, standing.zone(), Locale.forLanguageTag(language));
            return page(200, standing, language, "given", say.given(time), null, null);
        }
        if (standing.superseded()) {
            return page(200, standing, language, "superseded", say.superseded(), null, null);
        }
        if (now.isAfter(standing.endsAt())) {
            return page(200, standing, language, "plain", say.over(), null, null);
        }
        return page(200, standing, language, "due", say.ask(standing.branch()), say.button(), say.note());
    }

    @POST
    @PermitAll
    @SecurityRequirements
    @Operation(
            operationId = "acknowledgeByLink",
            summary = "Acknowledges the notice behind the link",
            description = "What the button of the page does. A repeat changes nothing: the first one counts.")
    @APIResponse(responseCode = "303", description = "To the page, which says how it stands now")
    @APIResponse(responseCode = "404", description = "There is no such link")
    public Response acknowledge(
            @PathParam("token") String token,
            @Parameter(description = "`en` or `zh-CN`") @QueryParam("lang") @Nullable String lang,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String accepted) {
        Optional<UUID> notice = links.notice(token);
        if (notice.flatMap(acknowledgements::standing).isEmpty()) {
            return read(token, lang, accepted);
        }
        try {
            acknowledgements.acknowledgeByLink(notice.get());
        } catch (Refusal e) {
            // superseded, over or gone: the page says so
        }
        String query = lang == null ? "" : "?lang=" + language(lang, null);
        return Response.status(Response.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, "/a/" + token + query)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Response message(int status, String language, String title, String text) {
        return respond(status, language, language, title, List.of(), "plain", text, null, null);
    }

    private static Response page(
            int status,
            Standing standing,
            String language,
            String state,
            String message,
            @Nullable String button,
            @Nullable String note) {
        return respond(
                status,
                language,
                standing.locale(),
                standing.title(),
                standing.body().lines().toList(),
                state,
                message,
                button,
                note);
    }

    private static Response respond(
            int status,
            String language,
            String noticeLanguage,
            String title,
            List<String> lines,
            String state,
            String message,
            @Nullable String button,
            @Nullable String note) {
        boolean chinese = language.equals(CHINESE);
        String nonce = Base64.getEncoder().encodeToString(Secrets.random(16));
        return Response.status(status)
                .entity(new LinkPage(
                                language,
                                noticeLanguage,
                                title,
                                lines,
                                state,
                                message,
                                button,
                                note,
                                chinese ? "English" : "中文",
                                chinese ? ENGLISH : CHINESE,
                                nonce)
                        .render())
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'nonce-" + nonce
                                + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex, nofollow")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_LANGUAGE, language)
                .build();
    }

    /** What was chosen, or else what the other side prefers. */
    private static String language(@Nullable String chosen, @Nullable String preferred) {
        boolean chinese =
                Language.of(chosen == null ? preferred : chosen).getLanguage().equals("zh");
        return chinese ? CHINESE : ENGLISH;
    }

    private static LinkTexts say(String language) {
        return MessageBundles.get(LinkTexts.class, Localized.Literal.of(language));
    }
}
