package org.lectern.notification.channel.chat;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.lectern.notification.directory.ChannelTerms;

/** The rules for endpoints of the three platforms. */
class Robots {

    @Produces
    @Singleton
    ChannelTerms wecom(RobotConfig config) {
        return new RobotTerms(WeComChannel.NAME, config.wecom().addresses(), false);
    }

    @Produces
    @Singleton
    ChannelTerms dingtalk(RobotConfig config) {
        return new RobotTerms(DingTalkChannel.NAME, config.dingtalk().addresses(), true);
    }

    @Produces
    @Singleton
    ChannelTerms feishu(RobotConfig config) {
        return new RobotTerms(FeishuChannel.NAME, config.feishu().addresses(), true);
    }
}
