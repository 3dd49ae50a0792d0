package org.lectern.notification.channel.chat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Settings of group robots: addresses and rate limits. The defaults are the platforms' own limits. */
@ConfigMapping(prefix = "lectern.robot")
interface RobotConfig {

    /** The largest number of waiting notices for one robot in one message, if they fit. */
    @WithDefault("100")
    int together();

    Platform wecom();

    Platform dingtalk();

    Platform feishu();

    /** Settings of one platform. */
    interface Platform {

        /** Allowed beginnings of robot addresses. No other address is called. */
        List<String> addresses();

        /** The largest number of messages to a robot per minute. */
        @WithDefault("20")
        int perMinute();

        /** Result codes for too many messages. */
        List<Long> tooFast();

        /** Result codes for a removed robot or an invalid key. They disable the endpoint. */
        List<Long> gone();

        /** Result codes for a permanently refused message. */
        List<Long> refused();

        /** The pause after a platform reported too many messages. */
        @WithDefault("1m")
        Duration pause();
    }
}
