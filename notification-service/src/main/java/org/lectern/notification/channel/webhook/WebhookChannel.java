package org.lectern.notification.channel.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.delivery.Channel;
import org.lectern.notification.delivery.DeliveryOutcome;
import org.lectern.notification.delivery.OutgoingMessage;
import org.lectern.notification.outbound.Answer;
import org.lectern.notification.outbound.Destination;
import org.lectern.notification.outbound.OutboundHttpClient;
import org.lectern.notification.outbound.RetryAfter;
import org.lectern.notification.outbound.SsrfGuard;
import org.lectern.notification.secret.Secrets;
import org.lectern.notification.trace.Traces;

/**
 * Posts each notice to a branch's own system, signed according to Standard Webhooks 1.0.0. The message id is the
 * delivery's id and is the same for all attempts, so receivers can deduplicate. Any 2xx is a success, redirects are not
 * followed, and 410 disables the endpoint. Only the status of a response is read.
 */
@ApplicationScoped
class WebhookChannel implements Channel {

    static final String NAME = "webhook";

    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int LONGEST_PROOF = 4096;
    private static final int CHALLENGE_BYTES = 24;

    private final OutboundHttpClient dialler;
    private final SsrfGuard rules;
    private final Secrets secrets;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    WebhookChannel(OutboundHttpClient dialler, SsrfGuard rules, Secrets secrets, ObjectMapper json, Clock clock) {
        this.dialler = dialler;
        this.rules = rules;
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public boolean reachesPeople() {
        return false;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public DeliveryOutcome deliver(OutgoingMessage letter) {
        return outcome(
                post(letter.to(), letter.deliveryId().toString(), WebhookMessage.of(letter, clock.instant()), 0));
    }

    @Override
    public DeliveryOutcome verify(OutgoingMessage.Addressee receiver) {
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.random(CHALLENGE_BYTES));
        Answer answer = post(
                receiver,
                Uuid7.next().toString(),
                WebhookMessage.challenge(receiver, challenge, clock.instant()),
                LONGEST_PROOF);
        DeliveryOutcome outcome = outcome(answer);
        return outcome instanceof DeliveryOutcome.Delivered
                        && answer instanceof Answer.Answered answered
                        && !proves(answered.body(), challenge)
                ? new DeliveryOutcome.Failed("challenge-not-echoed")
                : outcome;
    }

    private boolean proves(byte[] body, String challenge) {
        try {
            JsonNode answer = json.readTree(body);
            return answer != null && challenge.equals(answer.path("challenge").textValue());
        } catch (IOException e) {
            return false;
        }
    }

    private Answer post(OutgoingMessage.Addressee to, String id, WebhookMessage message, int mostOfAnswer) {
        Destination destination = rules.parse(to.address()).orElse(null);
        if (destination == null) {
            return new Answer.NotAllowed(); // the address was allowed when it was entered, but is not any more
        }
        byte[] body = written(message);
        Instant now = clock.instant();
        List<String> keys = Stream.concat(Stream.ofNullable(to.secret()), to.formerSecrets().stream())
                .map(kept -> secrets.open(kept, to.endpointId()))
                .toList();
        Map<String, String> headers = new HashMap<>(Map.of(
                "Content-Type",
                "application/json",
                "User-Agent",
                "Lectern",
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(now.getEpochSecond()),
                "webhook-signature",
                StandardWebhooks.signatures(id, now, body, keys)));
        String trace = Traces.header(Span.current());
        // lets receivers quote the message and continue its trace
        if (trace != null) {
            headers.put("traceparent", trace);
        }
        return dialler.post(destination, headers, body, mostOfAnswer);
    }

    private byte[] written(WebhookMessage message) {
        try {
            return json.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A notice cannot be written as JSON", e);
        }
    }

    private DeliveryOutcome outcome(Answer answer) {
        return switch (answer) {
            case Answer.Answered answered -> {
                int status = answered.status();
                String code = "http-" + status;
                if (status >= 200 && status < 300) {
                    yield new DeliveryOutcome.Delivered(code);
                }
                yield status == GONE
                        ? new DeliveryOutcome.EndpointGone(code)
                        : new DeliveryOutcome.Retry(
                                code, RetryAfter.read(answered.retryAfter(), clock.instant()), status != TOO_MANY);
            }
            case Answer.NotAllowed notAllowed -> DeliveryOutcome.Retry.failing("address-not-allowed");
            case Answer.Failed failed -> DeliveryOutcome.Retry.failing(failed.reason());
        };
    }
}
