package org.lectern.notification.channel.chat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * A robot of a DingTalk group. With signatures on, {@code timestamp} (milliseconds) and {@code sign} are added to its
 * address: HMAC-SHA256 by the secret over the timestamp, a line feed and the secret. Who sends more than 20 messages a
 * minute is shut out for ten minutes.
 */
@Singleton
class DingTalkChannel extends RobotChannel {

    static final String NAME = "dingtalk";
    static final int MOST_BYTES = 16_000;

    private static final long TOO_FAST = 130_101;
    private static final long TOO_FAST_TOO = 410_100;
    private static final long NO_SUCH_TOKEN = 300_001;
    private static final long ROBOT_OFF = 400_102;
    private static final long NO_ROBOT = 400_013;

    @Inject
    DingTalkChannel(RobotConfig config, Tools tools) {
        super(NAME, config.dingtalk(), config.together(), MOST_BYTES, tools);
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

    @Override
    Verdict verdict(JsonNode answer) {
        long code = answer.path(codeMember()).asLong();
        if (code == 0) {
            return Verdict.TAKEN;
        }
        if (code == TOO_FAST || code == TOO_FAST_TOO) {
            return Verdict.TOO_FAST;
        }
        if (code == NO_SUCH_TOKEN || code == ROBOT_OFF || code == NO_ROBOT) {
            return Verdict.ROBOT_GONE;
        }
        // also 310000: signature, key word or list of addresses do not fit; a person mends that, then it works
        return Verdict.TROUBLE;
    }
}
