package org.lectern.notification.channel.chat;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;

/** A robot of a WeCom group: the key in its address is all it asks for; a text may have 2048 bytes. */
@Singleton
class WeComChannel extends RobotChannel {

    static final String NAME = "wecom";
    static final int MOST_BYTES = 2048;

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
}
