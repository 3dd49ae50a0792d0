package org.lectern.notification.channel.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.delivery.Channel;
import org.lectern.notification.delivery.DeliveryOutcome;
import org.lectern.notification.delivery.OutgoingMessage;
import org.lectern.notification.outbound.Answer;
import org.lectern.notification.outbound.Destination;
import org.lectern.notification.outbound.OutboundHttpClient;
import org.lectern.notification.outbound.RetryAfter;
import org.lectern.notification.outbound.SsrfGuard;
import org.lectern.notification.secret.Secrets;

/**
 * Sends messages through a group robot. The platforms have these points in common. The address contains the key. They
 * answer 200 to every request and report errors in the body. They limit length and rate. They do not recognise repeats,
 * so a message with an unknown result is sent again, marked as a repeat.
 */
abstract class RobotChannel implements Channel {

    private static final int LONGEST_ANSWER = 8192;
    private static final int OK = 200;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;

    private final String name;
    private final RobotConfig.Platform platform;
    private final int together;
    private final int mostBytes;
    private final Tools tools;

    /** @param mostBytes the largest text in bytes of UTF-8 */
    RobotChannel(String name, RobotConfig.Platform platform, int together, int mostBytes, Tools tools) {
        this.name = name;
        this.mostBytes = mostBytes;
        this.platform = platform;
        this.together = together;
        this.tools = tools;
    }

    /** Dependencies shared by the channels of all platforms. */
    record Tools(
            OutboundHttpClient dialler,
            SsrfGuard rules,
            Secrets secrets,
            RobotBudget budget,
            ObjectMapper json,
            Clock clock) {}

    /** One request: its address and body. */
    record Message(String url, Map<String, Object> body) {}

    /** Builds the request for a text at a point in time. */
    abstract Message message(RobotAddress robot, String text, Instant now);

    /** The member of the response that holds the result code. */
    abstract String codeMember();

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int together() {
        return together;
    }

    @Override
    public final List<OutgoingMessage> fitting(List<OutgoingMessage> letters) {
        return Words.fitting(letters, mostBytes);
    }

    @Override
    public final DeliveryOutcome deliver(OutgoingMessage letter) {
        return deliver(List.of(letter));
    }

    @Override
    public final DeliveryOutcome deliver(List<OutgoingMessage> letters) {
        OutgoingMessage.Addressee to = letters.getFirst().to();
        String sealed = to.secret();
        if (sealed == null) {
            return new DeliveryOutcome.EndpointGone("no-robot");
        }
        RobotAddress robot = RobotAddress.ofKept(tools.secrets().open(sealed, to.endpointId()));
        // the allowed beginnings may have changed since the robot was entered
        if (RobotAddress.parse(robot.url(), null, platform.addresses()).isEmpty()) {
            return DeliveryOutcome.Retry.failing("address-not-allowed");
        }
        Optional<Instant> later = tools.budget().take(to.address(), platform.messagesPerMinute());
        if (later.isPresent()) {
            return new DeliveryOutcome.Deferred(later.get());
        }
        Message message =
                message(robot, Words.of(letters, mostBytes), tools.clock().instant());
        Optional<Destination> destination = tools.rules().parse(message.url());
        if (destination.isEmpty()) {
            return DeliveryOutcome.Retry.failing("address-not-allowed");
        }
        return outcome(
                to.address(),
                tools.dialler()
                        .post(
                                destination.get(),
                                Map.of("Content-Type", "application/json; charset=utf-8", "User-Agent", "Lectern"),
                                written(message.body()),
                                LONGEST_ANSWER));
    }

    private byte[] written(Map<String, Object> body) {
        try {
            return tools.json().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A message cannot be written as JSON", e);
        }
    }

    private DeliveryOutcome outcome(String robot, Answer answer) {
        return switch (answer) {
            case Answer.Answered answered -> judged(robot, answered);
            case Answer.NotAllowed notAllowed -> DeliveryOutcome.Retry.failing("address-not-allowed");
            case Answer.Failed failed -> DeliveryOutcome.Retry.failing(failed.reason());
        };
    }

    /**
     * Judges by the code in the body: always with status 200; with another status only if the code is a known error.
     */
    private DeliveryOutcome judged(String robot, Answer.Answered answer) {
        JsonNode body = read(answer.body());
        boolean ok = answer.status() == OK;
        if (body == null || !body.path(codeMember()).isIntegralNumber()) {
            return ok ? DeliveryOutcome.Retry.failing("no-code") : byStatus(answer);
        }
        long number = body.path(codeMember()).asLong();
        String code = name + "-" + number;
        if (platform.rateLimitCodes().contains(number)) {
            tools.budget().pause(robot, platform.rateLimitPause());
            return new DeliveryOutcome.Retry(code, tools.clock().instant().plus(platform.rateLimitPause()), false);
        }
        if (platform.goneCodes().contains(number)) {
            return new DeliveryOutcome.EndpointGone(code);
        }
        if (platform.rejectedCodes().contains(number)) {
            return new DeliveryOutcome.Failed(code);
        }
        if (!ok) {
            return byStatus(answer);
        }
        // any other code may be temporary; a person corrects a wrong signature or key word
        return number == 0 ? new DeliveryOutcome.Delivered(code) : DeliveryOutcome.Retry.failing(code);
    }

    private DeliveryOutcome byStatus(Answer.Answered answer) {
        String code = "http-" + answer.status();
        return answer.status() == GONE
                ? new DeliveryOutcome.EndpointGone(code)
                : new DeliveryOutcome.Retry(
                        code,
                        RetryAfter.read(answer.retryAfter(), tools.clock().instant()),
                        answer.status() != TOO_MANY);
    }

    private @Nullable JsonNode read(byte[] body) {
        try {
            return tools.json().readTree(body);
        } catch (IOException e) {
            return null;
        }
    }
}
