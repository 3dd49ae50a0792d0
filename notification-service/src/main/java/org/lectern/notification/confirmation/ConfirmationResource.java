package org.lectern.notification.confirmation;

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
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Language;
import org.lectern.notification.notice.LectureTime;
import org.lectern.notification.page.Pages;
import org.lectern.notification.wording.OrganizationConfig;

/**
 * The page behind the link in a confirmation message. Reading it changes nothing, because mail scanners open every
 * link. Its buttons confirm or refuse. It masks the address, because the message may have been forwarded.
 */
@RunOnVirtualThread
@Path("/c/{token}")
@Produces("text/html;charset=UTF-8")
@Tag(name = "Endpoints")
class ConfirmationResource {

    private final Confirmations confirmations;
    private final OrganizationConfig organization;

    @Inject
    ConfirmationResource(Confirmations confirmations, OrganizationConfig organization) {
        this.confirmations = confirmations;
        this.organization = organization;
    }

    @GET
    @PermitAll
    @Operation(
            operationId = "readConfirmation",
            summary = "The page by which the owner of an address confirms it",
            description = "Changes nothing. In the branch's language; `lang` chooses another.")
    @APIResponse(
            responseCode = "200",
            description = "Who asks and for what, with buttons to confirm and to refuse; once answered, the answer")
    @APIResponse(responseCode = "404", description = "There is no such link: a page that says so")
    @APIResponse(
            responseCode = "410",
            description = "The link has expired, or the branch no longer asks for the address: a page that says so")
    public Response read(
            @PathParam("token") String token,
            @QueryParam("lang") @Nullable String lang,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String accepted) {
        return page(confirmations.question(token), lang, accepted);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @PermitAll
    @Operation(
            operationId = "answerConfirmation",
            summary = "Confirms or refuses the address behind the link",
            description = "What the buttons of the page do. The first answer counts; another changes nothing.")
    @APIResponse(responseCode = "303", description = "To the page, which shows the present state")
    @APIResponse(responseCode = "404", description = "There is no such link")
    public Response answer(
            @PathParam("token") String token,
            @QueryParam("lang") @Nullable String lang,
            @Schema(description = "`confirm` or `refuse`; anything else changes nothing") @FormParam("answer") @Nullable
                    String answer,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String accepted) {
        if (confirmations.question(token) instanceof Question.Unknown unknown) {
            return page(unknown, lang, accepted);
        }
        if ("confirm".equals(answer)) {
            confirmations.confirm(token);
        } else if ("refuse".equals(answer)) {
            confirmations.refuse(token);
        }
        String query = lang == null ? "" : "?lang=" + Pages.language(lang, null);
        return Response.status(Response.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, "/c/" + token + query)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Response page(Question question, @Nullable String lang, @Nullable String accepted) {
        Locale language = Language.of(
                lang != null
                        ? lang
                        : asker(question).map(Question.Asker::locale).orElse(accepted == null ? "en" : accepted));
        ConfirmationTexts say = MessageBundles.get(
                ConfirmationTexts.class, Localized.Literal.of(Pages.language(language.toLanguageTag(), null)));
        String branch =
                asker(question).map(asker -> Askers.name(asker, language)).orElse("");
        return switch (question) {
            case Question.Due due -> {
                var buttons = new ConfirmationPage.Buttons(
                        say.confirmButton(), say.refuseButton(), say.note(time(due.until(), due.asker(), language)));
                List<String> lines = List.of(say.asks(branch, due.maskedAddress()), say.what());
                yield respond(200, language, say.title(branch), lines, "due", say.ask(), buttons);
            }
            case Question.Confirmed confirmed -> {
                String text = say.confirmed(time(confirmed.at(), confirmed.asker(), language), branch);
                yield respond(200, language, say.title(branch), List.of(), "given", text, null);
            }
            case Question.Vouched vouched ->
                respond(200, language, say.title(branch), List.of(), "given", say.vouched(branch), null);
            case Question.Refused refused ->
                respond(200, language, say.title(branch), List.of(), "refused", say.refused(branch), null);
            case Question.Withdrawn withdrawn ->
                respond(410, language, say.title(branch), List.of(), "plain", say.withdrawn(branch), null);
            case Question.Expired expired ->
                respond(410, language, say.title(branch), List.of(), "plain", say.expired(branch), null);
            case Question.Unknown unknown ->
                respond(404, language, say.unknownTitle(), List.of(), "plain", say.unknown(), null);
        };
    }

    private static Optional<Question.Asker> asker(Question question) {
        return switch (question) {
            case Question.Due due -> Optional.of(due.asker());
            case Question.Confirmed confirmed -> Optional.of(confirmed.asker());
            case Question.Vouched vouched -> Optional.of(vouched.asker());
            case Question.Refused refused -> Optional.of(refused.asker());
            case Question.Withdrawn withdrawn -> Optional.of(withdrawn.asker());
            case Question.Expired expired -> Optional.of(expired.asker());
            case Question.Unknown unknown -> Optional.empty();
        };
    }

    private static String time(Instant moment, Question.Asker asker, Locale language) {
        return LectureTime.moment(moment, asker.zone(), language);
    }

    private Response respond(
            int status,
            Locale language,
            String title,
            List<String> lines,
            String state,
            String message,
            ConfirmationPage.@Nullable Buttons buttons) {
        String tag = Pages.language(language.toLanguageTag(), null);
        return Pages.page(
                        status,
                        nonce -> new ConfirmationPage(
                                        tag,
                                        organization.name(language),
                                        title,
                                        lines,
                                        state,
                                        message,
                                        buttons,
                                        Pages.nameOfOther(tag),
                                        Pages.otherLanguage(tag),
                                        nonce)
                                .render())
                .header(HttpHeaders.CONTENT_LANGUAGE, tag)
                .build();
    }
}
