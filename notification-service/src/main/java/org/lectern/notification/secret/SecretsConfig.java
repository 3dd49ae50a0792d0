package org.lectern.notification.secret;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The keys that secrets are encrypted with. */
@ConfigMapping(prefix = "lectern.secrets")
interface SecretsConfig {

    /**
     * Each as {@code id:base64 of 32 bytes}. The first encrypts; the others only read what they once encrypted. To
     * change the key put a new one in front and keep the old one as long as anything is encrypted with it.
     */
    Optional<List<String>> keys();
}
