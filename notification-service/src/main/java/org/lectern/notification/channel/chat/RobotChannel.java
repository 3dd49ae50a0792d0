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
 * Speaks through a group robot. What the platforms have in common: the address is the robot's key; they answer 200 to
 * everything and say in the body how it went; a robot may say only so much and so often; and they know no repeat, so
 * that a message whose answer was lost goes out once more, marked as such.
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
            OutboundHttpClient dialler,
            SsrfGuard rules,
            Secrets secrets,
            RobotBudget budget,
            ObjectMapper json,
            Clock clock) {}

    /** One request: where to, and what. */
    record Message(String url, Map<String, Object> body) {}

    /** What is sent to say that, at that time. */
    abstract Message message(RobotAddress robot, String text, Instant now);

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
            case Answer.Answered answered -> judged(robot, answered);
            case Answer.NotAllowed notAllowed -> DeliveryOutcome.TryAgain.failing("address-not-allowed");
            case Answer.Failed failed -> DeliveryOutcome.TryAgain.failing(failed.reason());
        };
    }

    /** The body's code counts: with status 200 always, with another one when it is an error the platform knows. */
    private DeliveryOutcome judged(String robot, Answer.Answered answer) {
        JsonNode body = read(answer.body());
        boolean ok = answer.status() == OK;
        if (body == null || !body.path(codeMember()).isIntegralNumber()) {
            return ok ? DeliveryOutcome.TryAgain.failing("no-code") : byStatus(answer);
        }
        long number = body.path(codeMember()).asLong();
        String code = name + "-" + number;
        if (platform.tooFast().contains(number)) {
            tools.budget().pause(robot, platform.pause());
            return new DeliveryOutcome.TryAgain(code, tools.clock().instant().plus(platform.pause()), false);
        }
        if (platform.gone().contains(number)) {
            return new DeliveryOutcome.EndpointGone(code);
        }
        if (platform.refused().contains(number)) {
            return new DeliveryOutcome.GiveUp(code);
        }
        if (!ok) {
            return byStatus(answer);
        }
        // anything else may work later; a signature or a key word that does not fit is corrected by a person
        return number == 0 ? new DeliveryOutcome.Delivered(code) : DeliveryOutcome.TryAgain.failing(code);
    }

    private DeliveryOutcome byStatus(Answer.Answered answer) {
        String code = "http-" + answer.status();
        return answer.status() == GONE
                ? new DeliveryOutcome.EndpointGone(code)
                : new DeliveryOutcome.TryAgain(
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
