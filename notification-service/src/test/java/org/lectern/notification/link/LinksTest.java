package org.lectern.notification.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** A token opens one notice, under the keys we have, in one spelling. */
class LinksTest {

    private static final SecretKey OLD = key("old");
    private static final SecretKey NEW = key("new");
    private static final UUID NOTICE = UUID.fromString("019a1b71-0c44-7d21-9a5e-7b1f3c2e4d02");

    private static SecretKey key(String text) {
        return new SecretKeySpec(text.repeat(11).substring(0, 32).getBytes(StandardCharsets.US_ASCII), "HmacSHA256");
    }

    private static String token(Links links) {
        String url = links.of(NOTICE).orElseThrow();
        return url.substring(url.lastIndexOf('/') + 1);
    }

    @Test
    void aLinkIsAlwaysTheSameAndOpensItsNotice() {
        Links links = new Links("https://lectern.example.org/", List.of(NEW));
        assertThat(links.of(NOTICE).orElseThrow()).matches("https://lectern\\.example\\.org/a/[A-Za-z0-9_-]{43}");
        assertThat(links.of(NOTICE)).isEqualTo(links.of(NOTICE));
        assertThat(links.notice(token(links))).contains(NOTICE);
    }

    @Test
    void afterAChangeOfKeysOldLinksGoOnAndWithoutTheOldKeyTheyEnd() {
        String old = token(new Links("https://x.example.org", List.of(OLD)));
        assertThat(new Links("https://x.example.org", List.of(NEW, OLD)).notice(old))
                .contains(NOTICE);
        assertThat(new Links("https://x.example.org", List.of(NEW)).notice(old)).isEmpty();
    }

    @Test
    void withoutAnAddressOrAKeyThereIsNoLink() {
        assertThat(new Links(null, List.of(NEW)).of(NOTICE)).isEmpty();
        assertThat(new Links("https://x.example.org", List.of()).of(NOTICE)).isEmpty();
        assertThat(new Links("https://x.example.org", List.of()).notice(token(new Links("https://x", List.of(NEW)))))
                .isEmpty();
    }

    @Test
    void noBitOfATokenMayDiffer() {
        Links links = new Links("https://x.example.org", List.of(NEW));
        byte[] genuine = Base64.getUrlDecoder().decode(token(links));
        for (int bit = 0; bit < genuine.length * 8; bit++) {
            byte[] forged = genuine.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(links.notice(Base64.getUrlEncoder().withoutPadding().encodeToString(forged)))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @Test
    void aTokenHasOneSpelling() {
        Links links = new Links("https://x.example.org", List.of(NEW));
        String token = token(links);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        long opened = alphabet.chars()
                .mapToObj(last -> token.substring(0, 42) + (char) last)
                .filter(spelling -> links.notice(spelling).isPresent())
                .count();
        assertThat(opened).isEqualTo(1);
        for (String other :
                List.of("", "x", token + "A", token.substring(1), token.substring(0, 42) + "=", "ä".repeat(43))) {
            assertThat(links.notice(other)).as(other).isEmpty();
        }
    }
}
