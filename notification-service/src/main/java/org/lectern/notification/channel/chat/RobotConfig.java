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
    int maxNoticesPerMessage();

    Platform wecom();

    Platform dingtalk();

    Platform feishu();

    /** Settings of one platform. */
    interface Platform {

        /** Allowed beginnings of robot addresses. No other address is called. */
        List<String> addresses();

        /** The largest number of messages to a robot per minute. */
        @WithDefault("20")
        int messagesPerMinute();

        /** Result codes for too many messages. */
        List<Long> rateLimitCodes();

        /** Result codes for a removed robot or an invalid key. They disable the endpoint. */
        List<Long> goneCodes();

        /** Result codes for a permanently refused message. */
        List<Long> rejectedCodes();

        /** The pause after a platform reported too many messages. */
        @WithDefault("1m")
        Duration rateLimitPause();
    }
}
