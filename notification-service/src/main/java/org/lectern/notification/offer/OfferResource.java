package org.lectern.notification.offer;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.Receivers;
import org.lectern.notification.link.Links;
import org.lectern.notification.notice.LectureTime;
import org.lectern.notification.page.Pages;
import org.lectern.notification.wording.MarkedLine;
import org.lectern.notification.wording.OrganizationConfig;

/**
 * The page behind the link in an offer. Reading it changes nothing, because mail scanners open every link; its buttons
 * accept or decline. The link works while messages still go to its endpoint.
 */
@RunOnVirtualThread
@Path("/o/{token}")
@Produces("text/html;charset=UTF-8")
@Tag(name = "Notices")
class OfferResource {

    private final Links links;
    private final Offers offers;
    private final Receivers receivers;
    private final OrganizationConfig organization;

    @Inject
    OfferResource(Links links, Offers offers, Receivers receivers, OrganizationConfig organization) {
        this.links = links;
        this.offers = offers;
        this.receivers = receivers;
        this.organization = organization;
    }

    @GET
    @PermitAll
    @Operation(
            operationId = "readOffer",
            summary = "Show the page of an offer",
            description = "Changes nothing. In the language of the notice; `lang` selects another for the "
                    + "text of the page.")
    @APIResponse(
            responseCode = "200",
            description = "The offer, with buttons to take and to decline it while it is open; afterwards the answer")
    @APIResponse(responseCode = "404", description = "A page that says that the link is invalid")
    public Response read(
            @PathParam("token") String token,
            @QueryParam("lang") @Nullable String lang,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String accepted) {
        Optional<Offer> found = offer(token);
        if (found.isEmpty()) {
            String language = Pages.language(lang, accepted);
            OfferTexts say = say(language);
            return respond(404, language, null, language, say.unknownTitle(), List.of(), "plain", say.unknown(), null);
        }
        Offer offer = found.get();
        return page(offer, Pages.language(lang, offer.locale()), isUsed(token));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @PermitAll
    @Operation(
            operationId = "answerOffer",
            summary = "Take or decline an offer by link",
            description = "The action of the buttons on the page. The first answer counts and is sent to "
                    + "the scheduler, which decides; the branch gets the result as a notice.")
    @APIResponse(responseCode = "303", description = "To the page, which shows the new state")
    @APIResponse(responseCode = "404", description = "The link is invalid")
    public Response answer(
            @PathParam("token") String token,
            @QueryParam("lang") @Nullable String lang,
            @Schema(description = "`take` or `decline`; other values change nothing") @FormParam("answer") @Nullable
                    String answer,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String accepted) {
        Optional<Offer> found = offer(token);
        if (found.isEmpty()) {
            return read(token, lang, accepted);
        }
        boolean take = "take".equals(answer);
        if ((take || "decline".equals(answer)) && isUsed(token)) {
            offers.answer(found.get().notice(), take);
        }
        String query = lang == null ? "" : "?lang=" + Pages.language(lang, null);
        return Response.status(Response.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, "/o/" + token + query)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Optional<Offer> offer(String token) {
        return links.readOffer(token).flatMap(link -> offers.find(link.notice()));
    }

    private boolean isUsed(String token) {
        return links.readOffer(token)
                .map(link -> receivers.isUsed(link.endpoint()))
                .orElse(false);
    }

    private Response page(Offer offer, String language, boolean used) {
        OfferTexts say = say(language);
        Offer.Answer answer = offer.answer();
        List<MarkedLine> lines = MarkedLine.of(offer.body());
        if (answer == null) {
            boolean waits = offer.open() && used;
            return respond(
                    200,
                    language,
                    waits ? null : say.closed(),
                    offer.locale(),
                    offer.title(),
                    lines,
                    waits ? "due" : "plain",
                    waits ? say.ask(offer.branch()) : null,
                    waits ? new OfferPage.Buttons(say.take(), say.decline(), say.note()) : null);
        }
        String time = LectureTime.moment(answer.at(), offer.zone(), Locale.forLanguageTag(language));
        return respond(
                200,
                language,
                offer.open() ? null : say.answered(time),
                offer.locale(),
                offer.title(),
                lines,
                answer.taken() ? "given" : "refused",
                offer.open() ? answer.taken() ? say.taken(time) : say.declined(time) : null,
                null);
    }

    private Response respond(
            int status,
            String language,
            @Nullable String outdated,
            String noticeLanguage,
            String title,
            List<MarkedLine> lines,
            String state,
            @Nullable String message,
            OfferPage.@Nullable Buttons buttons) {
        return Pages.page(
                        status,
                        nonce -> new OfferPage(
                                        language,
                                        organization.name(Locale.forLanguageTag(language)),
                                        outdated,
                                        noticeLanguage,
                                        title,
                                        lines,
                                        state,
                                        message,
                                        buttons,
                                        Pages.nameOfOther(language),
                                        Pages.otherLanguage(language),
                                        nonce)
                                .render())
                .header(HttpHeaders.CONTENT_LANGUAGE, language)
                .build();
    }

    private static OfferTexts say(String language) {
        return MessageBundles.get(OfferTexts.class, Localized.Literal.of(language));
    }
}
