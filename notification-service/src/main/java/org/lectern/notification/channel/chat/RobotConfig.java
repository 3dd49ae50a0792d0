package org.lectern.notification.channel.chat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Where group robots are, and how many messages each may be sent; the defaults are the platforms' own. */
@ConfigMapping(prefix = "lectern.robot")
interface RobotConfig {

    /** How many letters that wait for one robot go out as one message at most, if they fit. */
    @WithDefault("100")
    int together();

    Platform wecom();

    Platform dingtalk();

    Platform feishu();

    /** One platform. */
    interface Platform {

        /** The beginnings of addresses that are robots; nothing else is called, wherever an address claims to lead. */
        List<String> addresses();

        /** How many messages a robot may be sent per minute. */
        @WithDefault("20")
        int perMinute();

        /** Codes of answers that mean that there were too many messages. */
        List<Long> tooFast();

        /** Codes that mean that the robot is gone, or its key is no longer valid: the endpoint is switched off. */
        List<Long> gone();

        /** Codes that mean that this message is never taken. */
        List<Long> refused();

        /** How long a robot is left alone once its platform says that there were too many. */
        @WithDefault("1m")
        Duration pause();
    }
}
