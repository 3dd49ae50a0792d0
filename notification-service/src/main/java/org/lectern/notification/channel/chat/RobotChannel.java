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
import org.lectern.notification.delivery.Letter;
import org.lectern.notification.dial.Answer;
import org.lectern.notification.dial.Destination;
import org.lectern.notification.dial.DialRules;
import org.lectern.notification.dial.Dialler;
import org.lectern.notification.dial.RetryAfter;
import org.lectern.notification.secret.Secrets;

/**
 * Speaks through a group robot. What the platforms have in common: the address is the robot's key; they answer 200 to
 * everything and say in the body how it went; a robot may say only so much and so often; and they know no repeat, so
 * that a message whose answer was lost goes out once more, marked as such.
 */
abstract class RobotChannel implements Channel {

    private static final int LONGEST_ANSWER = 8192;

    private final String name;
    private final RobotConfig.Platform platform;
    private final int together;
    private final int mostBytes;
    private final Tools tools;

    /** @param mostBytes how many bytes of UTF-8 a text may have */
    RobotChannel(String name, RobotConfig.Platform platform, int together, int mostBytes, Tools tools) {
        this.name = name;
        this.mostBytes = mostBytes;
        this.platform = platform;
        this.together = together;
        this.tools = tools;
    }

    /** What every platform's channel needs. */
    record Tools(
            Dialler dialler, DialRules rules, Secrets secrets, RobotBudget budget, ObjectMapper json, Clock clock) {}

    /** One request: where to, and what. */
    record Message(String url, Map<String, Object> body) {}

    /** What is sent to say that, at that time. */
    abstract Message message(RobotAddress robot, String text, Instant now);

    /** What the body of an answer with status 200 means. */
    abstract Verdict verdict(JsonNode answer);

    /** What a platform says of a message. */
    enum Verdict {
        /** It stands in the group. */
        TAKEN,
        /** There were too many. */
        TOO_FAST,
        /** The robot is gone, or does not know us any more; no message will be taken until somebody mends that. */
        ROBOT_GONE,
        /** This message will not be taken. */
        REFUSED,
        /** It may work later. */
        TROUBLE
    }

    /** The member of the answer that holds its code. */
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
    public final List<Letter> fitting(List<Letter> letters) {
        return Words.fitting(letters, mostBytes);
    }

    @Override
    public final DeliveryOutcome deliver(Letter letter) {
        return deliver(List.of(letter));
    }

    @Override
    public final DeliveryOutcome deliver(List<Letter> letters) {
        Letter.Addressee to = letters.getFirst().to();
        String sealed = to.secret();
        if (sealed == null) {
            return new DeliveryOutcome.EndpointGone("no-robot");
        }
        RobotAddress robot = RobotAddress.ofKept(tools.secrets().open(sealed, to.endpointId()));
        // the list may have become shorter since the robot was entered
        if (RobotAddress.parse(robot.url(), null, platform.addresses()).isEmpty()) {
            return DeliveryOutcome.TryAgain.failing("address-not-allowed");
        }
        Optional<Instant> later = tools.budget().take(to.address(), platform.perMinute());
        if (later.isPresent()) {
            return new DeliveryOutcome.NotYet(later.get());
        }
        Message message =
                message(robot, Words.of(letters, mostBytes), tools.clock().instant());
        Optional<Destination> destination = tools.rules().parse(message.url());
        if (destination.isEmpty()) {
            return DeliveryOutcome.TryAgain.failing("address-not-allowed");
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
            case Answer.Answered answered
            when answered.status() != 200 ->
                new DeliveryOutcome.TryAgain(
                        "http-" + answered.status(),
                        RetryAfter.read(answered.retryAfter(), tools.clock().instant()),
                        answered.status() != 429);
            case Answer.Answered answered -> judged(robot, read(answered.body()));
            case Answer.NotAllowed notAllowed -> DeliveryOutcome.TryAgain.failing("address-not-allowed");
            case Answer.Failed failed -> DeliveryOutcome.TryAgain.failing(failed.reason());
        };
    }

    private DeliveryOutcome judged(String robot, @Nullable JsonNode body) {
        if (body == null || !body.path(codeMember()).isIntegralNumber()) {
            return DeliveryOutcome.TryAgain.failing("no-code");
        }
        String code = name + "-" + body.path(codeMember()).asLong();
        return switch (verdict(body)) {
            case TAKEN -> new DeliveryOutcome.Delivered(code);
            case TOO_FAST -> {
                tools.budget().pause(robot, platform.pause());
                yield new DeliveryOutcome.TryAgain(code, tools.clock().instant().plus(platform.pause()), false);
            }
            case ROBOT_GONE -> new DeliveryOutcome.EndpointGone(code);
            case REFUSED -> new DeliveryOutcome.GiveUp(code);
            case TROUBLE -> DeliveryOutcome.TryAgain.failing(code);
        };
    }

    private @Nullable JsonNode read(byte[] body) {
        try {
            return tools.json().readTree(body);
        } catch (IOException e) {
            return null;
        }
    }
}
