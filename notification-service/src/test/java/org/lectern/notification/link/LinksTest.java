package org.lectern.notification.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lectern.notification.link.Links.Link;
import org.lectern.notification.secret.Secrets;

/** A token opens exactly one notice, under the configured keys, in one spelling. */
class LinksTest {

    private static final String OLD = key("old", 1);
    private static final String NEW = key("new", 2);
    private static final UUID NOTICE = UUID.fromString("019a1b71-0c44-7d21-9a5e-7b1f3c2e4d02");
    private static final UUID ENDPOINT = UUID.fromString("019a1b71-0c44-7d21-9a5e-7b1f3c2e4d03");
    private static final Link LINK = new Link(NOTICE, ENDPOINT);

    private static String key(String name, int filling) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return name + ":" + Base64.getEncoder().encodeToString(key);
    }

    private static Links links(@Nullable String url, String... keys) {
        return new Links(new Secrets(List.of(keys)), Optional.ofNullable(url).map(URI::create));
    }

    private static String token(Links links) {
        String url = links.of(NOTICE, ENDPOINT).orElseThrow();
        return url.substring(url.lastIndexOf('/') + 1);
    }

    @Test
    void aLinkIsAlwaysTheSameAndOpensItsNotice() {
        Links links = links("https://lectern.example.org/", NEW);
        assertThat(links.of(NOTICE, ENDPOINT).orElseThrow())
                .matches("https://lectern\\.example\\.org/a/[A-Za-z0-9_-]{64}");
        assertThat(links.of(NOTICE, ENDPOINT)).isEqualTo(links.of(NOTICE, ENDPOINT));
        assertThat(links.read(token(links))).contains(LINK);
    }

    @Test
    void oldLinks_workWhileTheirKeyIsConfigured() {
        String old = token(links("https://x.example.org", OLD));
        assertThat(links("https://x.example.org", NEW, OLD).read(old)).contains(LINK);
        assertThat(links("https://x.example.org", NEW).read(old)).isEmpty();
    }

    @Test
    void withoutAnAddressThereIsNoLink() {
        assertThat(links(null, NEW).of(NOTICE, ENDPOINT)).isEmpty();
    }

    @Test
    void noBitOfATokenMayDiffer() {
        Links links = links("https://x.example.org", NEW);
        byte[] genuine = Base64.getUrlDecoder().decode(token(links));
        for (int bit = 0; bit < genuine.length * 8; bit++) {
            byte[] forged = genuine.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(links.read(Base64.getUrlEncoder().withoutPadding().encodeToString(forged)))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @Test
    void aTokenHasOneSpelling() {
        Links links = links("https://x.example.org", NEW);
        String token = token(links);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        long opened = alphabet.chars()
                .mapToObj(last -> token.substring(0, 63) + (char) last)
                .filter(spelling -> links.read(spelling).isPresent())
                .count();
        assertThat(opened).isEqualTo(1);
        for (String other :
                List.of("", "x", token + "A", token.substring(1), token.substring(0, 63) + "=", "ä".repeat(64))) {
            assertThat(links.read(other)).as(other).isEmpty();
        }
    }
}
