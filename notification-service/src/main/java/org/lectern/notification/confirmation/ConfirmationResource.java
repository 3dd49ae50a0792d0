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
import org.lectern.notification.directory.RecipientKind;
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
            summary = "Show the confirmation page of an address",
            description = "Changes nothing. In the language of the branch; `lang` selects another.")
    @APIResponse(
            responseCode = "200",
            description = "The requesting branch, with buttons to confirm and to refuse; afterwards the answer")
    @APIResponse(responseCode = "404", description = "A page that says that the link is invalid")
    @APIResponse(
            responseCode = "410",
            description =
                    "A page that says that the link has expired, or that the branch no longer uses " + "the address")
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
            summary = "Confirm or refuse an address by link",
            description =
                    "The action of the buttons on the page. The first answer counts; a later one " + "changes nothing.")
    @APIResponse(responseCode = "303", description = "To the page, which shows the new state")
    @APIResponse(responseCode = "404", description = "The link is invalid")
    public Response answer(
            @PathParam("token") String token,
            @QueryParam("lang") @Nullable String lang,
            @Schema(description = "`confirm` or `refuse`; other values change nothing") @FormParam("answer") @Nullable
                    String answer,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String accepted) {
        if (confirmations.question(token) instanceof ConfirmationState.Unknown unknown) {
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

    private Response page(ConfirmationState question, @Nullable String lang, @Nullable String accepted) {
        Locale language = Language.of(
                lang != null
                        ? lang
                        : requester(question)
                                .map(ConfirmationState.Requester::locale)
                                .orElse(accepted == null ? "en" : accepted));
        ConfirmationTexts say = MessageBundles.get(
                ConfirmationTexts.class, Localized.Literal.of(Pages.language(language.toLanguageTag(), null)));
        String branch = requester(question)
                .map(requester -> Requesters.name(requester, language))
                .orElse("");
        return switch (question) {
            case ConfirmationState.Due due -> {
                String until = time(due.until(), due.requester(), language);
                boolean lecturer = due.requester().kind() == RecipientKind.LECTURER;
                var buttons = new ConfirmationPage.Buttons(
                        say.confirmButton(),
                        say.refuseButton(),
                        lecturer ? say.noteOfLecturer(until) : say.note(until));
                List<String> lines = List.of(say.asks(branch, due.maskedAddress()), say.what());
                yield respond(200, language, say.title(branch), lines, "due", say.ask(), buttons);
            }
            case ConfirmationState.Confirmed confirmed -> {
                String text = say.confirmed(time(confirmed.at(), confirmed.requester(), language), branch);
                yield respond(200, language, say.title(branch), List.of(), "given", text, null);
            }
            case ConfirmationState.Vouched vouched ->
                respond(200, language, say.title(branch), List.of(), "given", say.vouched(branch), null);
            case ConfirmationState.Refused refused ->
                respond(200, language, say.title(branch), List.of(), "refused", say.refused(branch), null);
            case ConfirmationState.Withdrawn withdrawn ->
                respond(410, language, say.title(branch), List.of(), "plain", say.withdrawn(branch), null);
            case ConfirmationState.Expired expired ->
                respond(410, language, say.title(branch), List.of(), "plain", say.expired(branch), null);
            case ConfirmationState.Unknown unknown ->
                respond(404, language, say.unknownTitle(), List.of(), "plain", say.unknown(), null);
        };
    }

    private static Optional<ConfirmationState.Requester> requester(ConfirmationState question) {
        return switch (question) {
            case ConfirmationState.Due due -> Optional.of(due.requester());
            case ConfirmationState.Confirmed confirmed -> Optional.of(confirmed.requester());
            case ConfirmationState.Vouched vouched -> Optional.of(vouched.requester());
            case ConfirmationState.Refused refused -> Optional.of(refused.requester());
            case ConfirmationState.Withdrawn withdrawn -> Optional.of(withdrawn.requester());
            case ConfirmationState.Expired expired -> Optional.of(expired.requester());
            case ConfirmationState.Unknown unknown -> Optional.empty();
        };
    }

    private static String time(Instant moment, ConfirmationState.Requester requester, Locale language) {
        return LectureTime.moment(moment, requester.zone(), language);
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
