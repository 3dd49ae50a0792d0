package org.lectern.notification.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretsTest {

    private static final String OLD = "old:" + Base64.getEncoder().encodeToString(Secrets.random(32));
    private static final String NEW = "new:" + Base64.getEncoder().encodeToString(Secrets.random(32));
    private static final UUID OWNER = UUID.randomUUID();

    @Test
    void sealedSecret_opensAndDiffersEachTime() {
        var secrets = new Secrets(List.of(OLD));
        String sealed = secrets.seal("whsec_密钥", OWNER);
        assertThat(secrets.open(sealed, OWNER)).isEqualTo("whsec_密钥");
        assertThat(sealed).doesNotContain("whsec").isNotEqualTo(secrets.seal("whsec_密钥", OWNER));
    }

    @Test
    void theFirstKeySealsAndTheOthersStillOpen() {
        String before = new Secrets(List.of(OLD)).seal("secret", OWNER);
        var both = new Secrets(List.of(NEW, OLD));
        assertThat(both.open(before, OWNER)).isEqualTo("secret");
        assertThat(both.seal("secret", OWNER)).startsWith("v1.new.");
        assertThatThrownBy(() -> new Secrets(List.of(NEW)).open(before, OWNER))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void copiedOrChangedSecret_doesNotOpen() {
        var secrets = new Secrets(List.of(OLD));
        String sealed = secrets.seal("secret", OWNER);
        assertThatThrownBy(() -> secrets.open(sealed, UUID.randomUUID())).isInstanceOf(IllegalStateException.class);
        char changed = sealed.charAt(sealed.length() - 5) == 'A' ? 'B' : 'A';
        String tampered = sealed.substring(0, sealed.length() - 5) + changed + sealed.substring(sealed.length() - 4);
        assertThatThrownBy(() -> secrets.open(tampered, OWNER)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> secrets.open("v1.old.AAAA", OWNER)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> secrets.open("secret", OWNER)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aKeyThatIsTooShortIsRefusedAtTheStart() {
        assertThatThrownBy(() -> new Secrets(List.of("a:c2hvcnQ="))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Secrets(List.of("nocolon"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Secrets(List.of()).seal("secret", OWNER))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void twoKeysWithTheSameId_areRefused() {
        String key = java.util.Base64.getEncoder().encodeToString(new byte[32]);
        assertThatThrownBy(() -> new Secrets(java.util.List.of("a:" + key, "a:" + key)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
