package org.lectern.notification.channel.sms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lectern.chassis.text.CleanText;
import org.lectern.notification.delivery.Channel;
import org.lectern.notification.delivery.DeliveryOutcome;
import org.lectern.notification.delivery.OutgoingMessage;
import org.lectern.notification.outbound.Answer;
import org.lectern.notification.outbound.Destination;
import org.lectern.notification.outbound.OutboundHttpClient;
import org.lectern.notification.outbound.RetryAfter;
import org.lectern.notification.outbound.SsrfGuard;

/**
 * Sends a notice as a text message through the configured gateway. The request body is the gateway's JSON template with
 * number, text and delivery id filled in. Values are inserted as JSON strings, so no notice can change the structure of
 * the request. Gateway failures do not count for the endpoint's breaker.
 */
@ApplicationScoped
class SmsChannel implements Channel {

    static final String NAME = "sms";

    private static final int LONGEST_ANSWER = 8192;
    private static final int SHORTEST_WORDS = 60;
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,40}");

    private final SmsConfig config;
    private final SmsTerms terms;
    private final JsonNode template;
    private final OutboundHttpClient dialler;
    private final SsrfGuard rules;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    SmsChannel(
            SmsConfig config,
            SmsTerms terms,
            OutboundHttpClient dialler,
            SsrfGuard rules,
            ObjectMapper json,
            Clock clock)
            throws JsonProcessingException {
        this.config = config;
        this.terms = terms;
        this.template = json.readTree(config.body());
        this.dialler = dialler;
        this.rules = rules;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public DeliveryOutcome deliver(OutgoingMessage letter) {
        Optional<Destination> gateway = config.url().flatMap(rules::parse);
        if (gateway.isEmpty()) {
            return new DeliveryOutcome.Retry("no-gateway");
        }
        if (!terms.allows(letter.address())) {
            return new DeliveryOutcome.Failed("country-not-allowed");
        }
        Map<String, String> headers = new HashMap<>(config.headers());
        headers.put("Content-Type", "application/json; charset=utf-8");
        return outcome(dialler.post(gateway.get(), headers, written(letter), LONGEST_ANSWER));
    }

    private byte[] written(OutgoingMessage letter) {
        try {
            return json.writeValueAsBytes(filled(template, letter));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A message cannot be written as JSON", e);
        }
    }

    private JsonNode filled(JsonNode part, OutgoingMessage letter) {
        return switch (part) {
            case ObjectNode object -> {
                ObjectNode copy = json.createObjectNode();
                object.properties().forEach(member -> copy.set(member.getKey(), filled(member.getValue(), letter)));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = json.createArrayNode();
                array.forEach(each -> copy.add(filled(each, letter)));
                yield copy;
            }
            case TextNode text ->
                // the notice's text is inserted last, so placeholders in it are not replaced
                TextNode.valueOf(text.textValue()
                        .replace("{to}", letter.address())
                        .replace("{id}", letter.deliveryId().toString())
                        .replace("{text}", text(letter)));
            default -> part;
        };
    }

    private String text(OutgoingMessage letter) {
        // limits the title so that time, place and link, which come first in the text, fit
        String whole = CleanText.shortened(letter.title(), config.maxLength() / 3) + "\n" + letter.body();
        OutgoingMessage.AnswerPage page = letter.answer();
        String link = page == null ? "" : "\n" + page.url();
        // a truncated link is useless, and the lecture comes first
        int room = config.maxLength() - link.length();
        if (room < SHORTEST_WORDS) {
            link = "";
            room = config.maxLength();
        }
        return CleanText.shortened(whole, room) + link;
    }

    private DeliveryOutcome outcome(Answer answer) {
        return switch (answer) {
            case Answer.Answered answered -> judged(answered);
            case Answer.NotAllowed notAllowed -> new DeliveryOutcome.Retry("address-not-allowed");
            case Answer.Failed failed -> new DeliveryOutcome.Retry(failed.reason());
        };
    }

    private DeliveryOutcome judged(Answer.Answered answer) {
        Optional<String> said = config.codePointer().map(pointer -> said(answer.body(), pointer));
        String code = said.filter(text -> CODE.matcher(text).matches())
                .map(text -> "sms-" + text)
                .orElse("no-code");
        if (said.isPresent() && config.goneCodes().orElse(List.of()).contains(said.get())) {
            return new DeliveryOutcome.EndpointGone(code);
        }
        if (said.isPresent() && config.rejectedCodes().orElse(List.of()).contains(said.get())) {
            return new DeliveryOutcome.Failed(code);
        }
        int status = answer.status();
        if (status < 200 || status >= 300) {
            return status == 400 || status == 422
                    ? new DeliveryOutcome.Failed("http-" + status)
                    : new DeliveryOutcome.Retry(
                            "http-" + status, RetryAfter.read(answer.retryAfter(), clock.instant()), false);
        }
        return said.isEmpty()
                ? new DeliveryOutcome.Delivered("http-" + status)
                : said.get().equals(config.successCode())
                        ? new DeliveryOutcome.Delivered("http-" + status)
                        : new DeliveryOutcome.Retry(code);
    }

    private String said(byte[] body, String pointer) {
        try {
            return json.readTree(body).at(pointer).asText("");
        } catch (IOException e) {
            return "";
        }
    }
}
