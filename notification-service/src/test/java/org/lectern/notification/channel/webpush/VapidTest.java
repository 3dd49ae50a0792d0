package org.lectern.notification.channel.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The key pair of the service is complete and fits, or there is none. */
class VapidTest {

    private static final String PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private static final String PUBLIC =
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private static final String OTHER =
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

    private static Vapid vapid(String privateKey, String publicKey) {
        return new Vapid(
                Optional.ofNullable(privateKey), Optional.ofNullable(publicKey), "https://lectern.example.org");
    }

    @Test
    void pairThatFits_isGivenToBrowsers() {
        assertThat(vapid(PRIVATE, PUBLIC).publicKey()).contains(PUBLIC);
    }

    @Test
    void withoutAKey_theChannelIsOff() {
        assertThat(vapid(null, null).isOn()).isFalse();
        assertThat(vapid(null, null).publicKey()).isEmpty();
    }

    @Test
    void pairThatDoesNotFit_preventsTheStart() {
        assertThatThrownBy(() -> vapid(PRIVATE, OTHER))
                .hasMessageContaining("lectern.web-push.private-key")
                .hasMessageNotContaining(PRIVATE);
        assertThatThrownBy(() -> vapid("AAAA", PUBLIC)).hasMessageContaining("P-256");
        assertThatThrownBy(() -> vapid(PRIVATE, null)).hasMessageContaining("together");
    }
}
