package org.lectern.notification.directory;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A request to add an endpoint to a branch. */
@Schema(
        name = "NewEndpoint",
        requiredProperties = {"channel", "address"})
record NewEndpoint(
        @Schema(
                examples = "email",
                description = "`email`, `webhook`, `wecom`, `dingtalk`, `feishu`, `sms` or `webpush`")
        @Nullable
        String channel,

        @Schema(
                examples = "branch@example.org",
                maxLength = 2048,
                description = "E-mail: exactly one mailbox, no display name. Webhook: an https address. Robots: the "
                        + "address the platform shows for the robot, kept encrypted. SMS: the number with an allowed country code, such as +86. "
                        + "Web Push: the `endpoint` of a browser's subscription, kept encrypted")
        @Nullable
        String address,

        @Schema(
                examples = "SEC000000000000000000000",
                maxLength = 200,
                description = "Only for `dingtalk` and `feishu` robots that check signatures: the secret that "
                        + "the platform shows; for `webpush` the keys `p256dh` and `auth` of the subscription, joined by "
                        + "a point. The service generates a webhook's secret and shows it once "
                        + "in the response")
        @Nullable
        String secret,

        @Schema(
                examples = "false",
                description = "Whether it is used only when no other endpoint works; by default `false`")
        @Nullable
        Boolean fallback,

        @Schema(
                examples = "from the list of mailboxes of 2026",
                maxLength = 500,
                description = "Only for e-mail and only by organizers: the reason why the owner need not "
                        + "confirm the address. Without it the owner gets a confirmation message, and "
                        + "nothing else before confirming")
        @Nullable
        String vouchedFor) {

    @Override
    public String toString() {
        return "new endpoint";
    }
}
