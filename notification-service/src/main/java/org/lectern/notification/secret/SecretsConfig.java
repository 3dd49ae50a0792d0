package org.lectern.notification.secret;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Settings of the encryption keys. */
@ConfigMapping(prefix = "lectern.secrets")
interface SecretsConfig {

    /**
     * Each as {@code id:base64 of 32 bytes}. The first encrypts; the others only decrypt. To rotate the key, add a new
     * one in front. Keep the old one while anything is encrypted with it.
     */
    Optional<List<String>> keys();
}
