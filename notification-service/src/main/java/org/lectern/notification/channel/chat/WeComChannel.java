package org.lectern.notification.channel.chat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;

/** A robot of a WeCom group: the key in its address is all it asks for; a text may have 2048 bytes. */
@Singleton
class WeComChannel extends RobotChannel {

    static final String NAME = "wecom";
    static final int MOST_BYTES = 2048;

    private static final long TOO_FAST = 45_009;
    private static final long NO_SUCH_KEY = 93_000;
    private static final long TOO_LONG = 40_058;

    @Inject
    WeComChannel(RobotConfig config, Tools tools) {
        super(NAME, config.wecom(), config.together(), MOST_BYTES, tools);
    }

    @Override
    Message message(RobotAddress robot, String text, Instant now) {
        return new Message(robot.url(), Map.of("msgtype", "text", "text", Map.of("content", text)));
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
        if (code == TOO_FAST) {
            return Verdict.TOO_FAST;
        }
        if (code == NO_SUCH_KEY) {
            return Verdict.ROBOT_GONE;
        }
        return code == TOO_LONG ? Verdict.REFUSED : Verdict.TROUBLE;
    }
}
