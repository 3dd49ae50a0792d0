package org.lectern.notification.channel.chat;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * Sends messages through a DingTalk group robot. A signed request adds {@code timestamp} (milliseconds) and
 * {@code sign} to the address. {@code sign} is HMAC-SHA256, keyed by the secret, over the timestamp, a line feed and
 * the secret. DingTalk blocks a robot for ten minutes after more than 20 messages in a minute.
 */
@Singleton
class DingTalkChannel extends RobotChannel {

    static final String NAME = "dingtalk";
    static final int MOST_BYTES = 16_000;

    @Inject
    DingTalkChannel(RobotConfig config, Tools tools) {
        super(NAME, config.dingtalk(), config.maxNoticesPerMessage(), MOST_BYTES, tools);
    }

    @Override
    Message message(RobotAddress robot, String text, Instant now) {
        String url = robot.url();
        String secret = robot.signingSecret();
        if (secret != null) {
            String timestamp = Long.toString(now.toEpochMilli());
            byte[] mac = HmacSha256.of(
                    secret.getBytes(StandardCharsets.UTF_8),
                    (timestamp + "\n" + secret).getBytes(StandardCharsets.UTF_8));
            url += "&timestamp=" + timestamp + "&sign="
                    + URLEncoder.encode(Base64.getEncoder().encodeToString(mac), StandardCharsets.UTF_8);
        }
        return new Message(url, Map.of("msgtype", "text", "text", Map.of("content", text)));
    }

    @Override
    String codeMember() {
        return "errcode";
    }
}
