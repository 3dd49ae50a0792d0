package org.lectern.notification.channel.webpush;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.text.CleanText;
import org.lectern.notification.delivery.Channel;
import org.lectern.notification.delivery.DeliveryOutcome;
import org.lectern.notification.delivery.OutgoingMessage;
import org.lectern.notification.outbound.Answer;
import org.lectern.notification.outbound.Destination;
import org.lectern.notification.outbound.OutboundHttpClient;
import org.lectern.notification.outbound.RetryAfter;
import org.lectern.notification.secret.Secrets;

/**
 * Sends each notice to a browser by its push service (RFC 8030). The message holds the title and the notice's id only,
 * encrypted for the browser. A newer notice of the same lecture replaces one that the browser has not fetched. 404 and
 * 410 disable the endpoint: the person withdrew the permission, or the subscription ended.
 */
@ApplicationScoped
class WebPushChannel implements Channel {

    static final String NAME = "webpush";

    private static final int MOST_TITLE = 200;
    private static final Duration LONGEST = Duration.ofDays(28);
    private static final Duration USUAL = Duration.ofDays(1);

    private final WebPushTerms terms;
    private final Vapid vapid;
    private final OutboundHttpClient dialler;
    private final Secrets secrets;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    WebPushChannel(
            WebPushTerms terms,
            Vapid vapid,
            OutboundHttpClient dialler,
            Secrets secrets,
            ObjectMapper json,
            Clock clock) {
        this.terms = terms;
        this.vapid = vapid;
        this.dialler = dialler;
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public DeliveryOutcome deliver(OutgoingMessage letter) {
        String sealed = letter.to().secret();
        if (!vapid.isOn() || sealed == null) {
            return new DeliveryOutcome.Retry("no-push-key");
        }
        Subscription to = Subscription.ofKept(secrets.open(sealed, letter.to().endpointId()));
        Optional<Destination> destination = terms.destination(to.url());
        if (destination.isEmpty()) {
            return DeliveryOutcome.Retry.failing("address-not-allowed"); // it was allowed when it was entered
        }
        Instant now = clock.instant();
        Map<String, String> headers = Map.of(
                "Authorization",
                vapid.authorization(destination.get(), now, json),
                "Content-Encoding",
                "aes128gcm",
                "Content-Type",
                "application/octet-stream",
                "TTL",
                Long.toString(kept(letter.about(), now).toSeconds()),
                "Urgency",
                letter.urgent() ? "high" : "normal",
                "Topic",
                topic(letter.subjectId()));
        return outcome(dialler.post(destination.get(), headers, PushEncryption.encrypt(message(letter), to), 0));
    }

    /** How long the push service keeps the message: until the lecture is over. */
    private static Duration kept(OutgoingMessage.@Nullable About about, Instant now) {
        Instant end = about == null ? null : about.end();
        if (end == null || !end.isAfter(now)) {
            return USUAL;
        }
        Duration left = Duration.between(now, end);
        return left.compareTo(LONGEST) > 0 ? LONGEST : left;
    }

    /** At most 32 characters of base64url (RFC 8030 section 5.4). */
    private static String topic(UUID subject) {
        return Subscription.encoded(ByteBuffer.allocate(16)
                .putLong(subject.getMostSignificantBits())
                .putLong(subject.getLeastSignificantBits())
                .array());
    }

    private byte[] message(OutgoingMessage letter) {
        ObjectNode message = json.createObjectNode()
                .put("title", CleanText.shortened(letter.title(), MOST_TITLE))
                .put("locale", letter.locale())
                .put("subject", letter.subjectId().toString());
        OutgoingMessage.About about = letter.about();
        if (about != null) {
            message.put("notice", about.noticeId().toString());
        }
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }

    private DeliveryOutcome outcome(Answer answer) {
        return switch (answer) {
            case Answer.Answered answered -> judged(answered);
            case Answer.NotAllowed notAllowed -> DeliveryOutcome.Retry.failing("address-not-allowed");
            case Answer.Failed failed -> DeliveryOutcome.Retry.failing(failed.reason());
        };
    }

    private DeliveryOutcome judged(Answer.Answered answered) {
        int status = answered.status();
        String code = "http-" + status;
        if (status >= 200 && status < 300) {
            return new DeliveryOutcome.Delivered(code);
        }
        Instant notBefore = RetryAfter.read(answered.retryAfter(), clock.instant());
        return switch (status) {
            case 404, 410 -> new DeliveryOutcome.EndpointGone(code);
            case 400, 413 -> new DeliveryOutcome.Failed(code);
            // too much, or it refuses our key: not the fault of the browser
            case 401, 403, 429 -> new DeliveryOutcome.Retry(code, notBefore, false);
            default -> new DeliveryOutcome.Retry(code, notBefore, true);
        };
    }
}
