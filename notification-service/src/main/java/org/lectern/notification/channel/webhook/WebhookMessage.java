package org.lectern.notification.channel.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.delivery.OutgoingMessage;

/**
 * The body of a webhook request; the same bytes on every attempt. Members are only ever added; receivers must ignore
 * unknown ones.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "WebhookMessage",
        description = "The body of a webhook request. Members may be added; ignore what you do not know")
record WebhookMessage(
        @Schema(
                examples = "notice.confirmed",
                description = "`notice.` and the kind of the notice, `endpoint.test`, or `endpoint.verification`")
        String type,

        @Schema(description = "The time at which the notice was written, not of this attempt")
        Instant timestamp,

        Data data) {

    /** The data of the event. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "WebhookData")
    record Data(
            @Schema(description = "The branch that receives it; absent for a lecturer") @Nullable
            UUID branchId,

            @Schema(description = "The lecturer who receives it; absent for a branch") @Nullable
            UUID lecturerId,

            @Schema(description = "Only `endpoint.verification`: answer 2xx with `{\"challenge\": …}` holding this")
            @Nullable
            String challenge,

            @Nullable UUID noticeId,

            @Schema(examples = "17", description = "Counts the notices of the recipient, without gaps") @Nullable
            Long sequence,

            @Nullable UUID bookingId,
            @Nullable UUID requestId,

            @Schema(examples = "2", description = "The version of the booking or request; older ones are outdated")
            @Nullable
            Integer version,

            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable Boolean urgent,
            @Schema(examples = "zh-CN") @Nullable String locale,
            @Schema(examples = "宣讲已确定：乡村振兴政策解读") @Nullable String title,

            @Schema(description = "Lines of plain text") @Nullable
            String text,

            @Schema(
                    examples = "https://lectern.example.org/a/AZoW…",
                    description = "The page on which the recipient acknowledges, without a login. Show it only to your "
                            + "people")
            @Nullable
            String acknowledgeUrl,

            @Schema(
                    examples = "https://lectern.example.org/o/AZoW…",
                    description = "`notice.request-offered`: the page on which the branch takes or declines the "
                            + "offer, without a login. Show it only to your people")
            @Nullable
            String offerUrl) {}

    /** The body for a notice. */
    static WebhookMessage of(OutgoingMessage letter, Instant now) {
        OutgoingMessage.About about = letter.about();
        if (about == null) {
            return new WebhookMessage(
                    "endpoint.test",
                    now,
                    new Data(
                            letter.to().kind().branch(letter.to().branchId()),
                            letter.to().kind().lecturer(letter.to().branchId()),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            letter.locale(),
                            letter.title(),
                            letter.body(),
                            null,
                            null));
        }
        return new WebhookMessage(
                "notice." + about.kind().toLowerCase(Locale.ROOT).replace('_', '-'),
                about.writtenAt(),
                new Data(
                        letter.to().kind().branch(letter.to().branchId()),
                        letter.to().kind().lecturer(letter.to().branchId()),
                        null,
                        about.noticeId(),
                        about.sequence(),
                        about.bookingId(),
                        about.requestId(),
                        about.version(),
                        about.start(),
                        about.end(),
                        letter.urgent(),
                        letter.locale(),
                        letter.title(),
                        letter.body(),
                        OutgoingMessage.AnswerPage.url(letter.answer(), OutgoingMessage.Asks.ACKNOWLEDGEMENT),
                        OutgoingMessage.AnswerPage.url(letter.answer(), OutgoingMessage.Asks.OFFER)));
    }

    /** A challenge that asks whether a receiver wants notices. */
    static WebhookMessage challenge(OutgoingMessage.Addressee to, String challenge, Instant now) {
        return new WebhookMessage(
                "endpoint.verification",
                now,
                new Data(
                        to.kind().branch(to.branchId()),
                        to.kind().lecturer(to.branchId()),
                        challenge,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }
}
