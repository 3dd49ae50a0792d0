package org.lectern.notification.channel.chat;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sends messages through a Feishu group robot. A signed request has {@code timestamp} (seconds) and {@code sign} in the
 * body. {@code sign} is HMAC-SHA256 over an empty text, keyed by the timestamp, a line feed and the secret. A request
 * may have 20 kB.
 */
@Singleton
class FeishuChannel extends RobotChannel {

    static final String NAME = "feishu";
    /** Below the 20 kB limit of the request, because JSON escaping lengthens the text. */
    static final int MOST_BYTES = 9_000;

    @Inject
    FeishuChannel(RobotConfig config, Tools tools) {
        super(NAME, config.feishu(), config.maxNoticesPerMessage(), MOST_BYTES, tools);
    }

    @Override
    Message message(RobotAddress robot, String text, Instant now) {
        Map<String, Object> body = new LinkedHashMap<>();
        String secret = robot.signingSecret();
        if (secret != null) {
            String timestamp = Long.toString(now.getEpochSecond());
            body.put("timestamp", timestamp);
            body.put(
                    "sign",
                    Base64.getEncoder()
                            .encodeToString(HmacSha256.of(
                                    (timestamp + "\n" + secret).getBytes(StandardCharsets.UTF_8), new byte[0])));
        }
        body.put("msg_type", "text");
        body.put("content", Map.of("text", text));
        return new Message(robot.url(), body);
    }

    @Override
    String codeMember() {
        return "code";
    }
}
