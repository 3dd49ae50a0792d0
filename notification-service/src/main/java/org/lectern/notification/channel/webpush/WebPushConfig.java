package org.lectern.notification.channel.webpush;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Settings of Web Push. */
@ConfigMapping(prefix = "lectern.web-push")
interface WebPushConfig {

    /**
     * The service's VAPID key (RFC 8292): the private scalar of a P-256 key pair, base64url. Without it the channel is
     * disabled. Another key makes every browser subscribe again.
     */
    Optional<String> privateKey();

    /** Its public point, uncompressed, base64url: browsers subscribe for it. */
    Optional<String> publicKey();

    /** How push services reach the operators: a mailto: or https: address. The default is the public address. */
    Optional<String> contact();

    /** Hosts of push services, each with the hosts below it. */
    @WithDefault(
            "fcm.googleapis.com,updates.push.services.mozilla.com,push.apple.com,notify.windows.com,push.hicloud.com")
    List<String> hosts();
}
