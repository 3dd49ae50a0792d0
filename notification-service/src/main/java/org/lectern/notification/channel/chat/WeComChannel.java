package org.lectern.notification.channel.chat;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;

/**
 * Sends messages through a WeCom group robot. The key in the address is the only credential. A text may have 2048
 * bytes.
 */
@Singleton
class WeComChannel extends RobotChannel {

    static final String NAME = "wecom";
    static final int MOST_BYTES = 2048;

    @Inject
    WeComChannel(RobotConfig config, Tools tools) {
        super(NAME, config.wecom(), config.maxNoticesPerMessage(), MOST_BYTES, tools);
    }

    @Override
    Message message(RobotAddress robot, String text, Instant now) {
        return new Message(robot.url(), Map.of("msgtype", "text", "text", Map.of("content", text)));
    }

    @Override
    String codeMember() {
        return "errcode";
    }
}
