package org.lectern.notification.channel.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;

/** The examples of RFC 8291 (section 5 and appendix A) and RFC 8188 (section 3.1), and what is no subscription. */
class PushEncryptionTest {

    private static final String BROWSER =
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private static final String AUTH = "BTBZMqHH6r4Tts7J_aSIgg";

    @Test
    void exampleOfRfc8291_hasItsOctets() {
        var sender = new KeyPair(
                Curve.point(bytes(
                        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8")),
                Curve.scalar(bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")));

        byte[] sealed = PushEncryption.encrypt(
                "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.UTF_8),
                Subscription.of("", BROWSER + "." + AUTH).orElseThrow(),
                sender,
                bytes("DGv6ra1nlYgDCS1FRnbzlw"));

        assertThat(Subscription.encoded(sealed))
                .isEqualTo("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLoc"
                        + "InmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLV"
                        + "WGNWQexSgSxsj_Qulcy4a-fN");
    }

    @Test
    void exampleOfRfc8188_hasItsOctets() throws GeneralSecurityException {
        byte[] sealed = PushEncryption.record(
                "I am the walrus".getBytes(StandardCharsets.UTF_8),
                bytes("yqdlZ-tYemfogSmv7Ws5PQ"),
                bytes("I1BsxtFttlv3u_Oo94xnmw"),
                new byte[0]);

        assertThat(Subscription.encoded(sealed))
                .isEqualTo("I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg");
    }

    @Test
    void everyMessage_hasItsOwnKeyAndSalt() {
        Subscription to = Subscription.of("", BROWSER + "." + AUTH).orElseThrow();

        assertThat(PushEncryption.encrypt(new byte[1], to)).isNotEqualTo(PushEncryption.encrypt(new byte[1], to));
    }

    @Test
    void longestMessage_fitsIntoOneRecord() {
        Subscription to = Subscription.of("", BROWSER + "." + AUTH).orElseThrow();

        assertThat(PushEncryption.encrypt(new byte[PushEncryption.LONGEST_MESSAGE], to))
                .hasSize(4096);
        assertThatThrownBy(() -> PushEncryption.encrypt(new byte[PushEncryption.LONGEST_MESSAGE + 1], to))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pointOfAnotherCurve_isNoSubscription() {
        byte[] other = bytes(BROWSER);
        other[64] ^= 1;

        assertThat(Subscription.of("", Subscription.encoded(other) + "." + AUTH))
                .isEmpty();
        assertThat(Subscription.of("", BROWSER)).isEmpty();
        assertThat(Subscription.of("", BROWSER + ".AAAA")).isEmpty();
        assertThat(Subscription.of("", "?." + AUTH)).isEmpty();
    }

    private static byte[] bytes(String text) {
        return Subscription.decoded(text);
    }
}
