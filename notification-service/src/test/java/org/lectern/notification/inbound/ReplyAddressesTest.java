package org.lectern.notification.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lectern.notification.inbound.ReplyAddresses.Token;
import org.lectern.notification.secret.Secrets;

class ReplyAddressesTest {

    private static final String KEY = "k1:bm90IGEgc2VjcmV0LCBvbmx5IGZvciBkZXZlbG9wbWU=";
    private static final String NEWER_KEY = "k2:YW5vdGhlciBrZXkgb2YgMzIgYnl0ZXMgZm9yIHRlc3Q=";
    private static final UUID ID = UUID.fromString("019a1b70-0c44-7d21-9a5e-7b1f3c2e4d01");

    private final ReplyAddresses addresses = with(KEY);

    private static ReplyAddresses with(String... keys) {
        return new ReplyAddresses(Optional.of("lectern@example.org"), new Secrets(List.of(keys)));
    }

    @Test
    void addressOfADelivery_namesThatDelivery() {
        String address = addresses.of(ID).orElseThrow();

        assertThat(address).matches("lectern\\+[a-z2-7]{42}@example\\.org");
        assertThat(address.indexOf('@')).isLessThanOrEqualTo(64);
        assertThat(addresses.token(address)).contains(new Token.OfDelivery(ID));
        assertThat(addresses.of(ID)).contains(address);
    }

    @Test
    void addressReadsTheSameInUpperCase() {
        String address = addresses.of(ID).orElseThrow().toUpperCase(Locale.ROOT);

        assertThat(addresses.token(address)).contains(new Token.OfDelivery(ID));
    }

    @Test
    void tokensOfNeighbouringIdsHaveNothingInCommon() {
        String one = addresses.of(ID).orElseThrow();
        String other = addresses
                .of(new UUID(ID.getMostSignificantBits(), ID.getLeastSignificantBits() + 1))
                .orElseThrow();

        assertThat(other.substring(8, 24)).isNotEqualTo(one.substring(8, 24));
        assertThat(other.substring(24, 50)).isNotEqualTo(one.substring(24, 50));
    }

    @Test
    void everyChangedCharacterInvalidatesTheToken() {
        String address = addresses.of(ID).orElseThrow();
        for (int i = 8; i < 50; i++) {
            char changed = address.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(addresses.token(address.substring(0, i) + changed + address.substring(i + 1)))
                    .as("position %d", i)
                    .isEmpty();
        }
    }

    @Test
    void otherAddressesHaveNoToken() {
        String token = addresses.of(ID).orElseThrow().substring(8, 50);
        assertThat(Stream.of(
                        "",
                        "@",
                        "lectern@example.org",
                        "lectern+@example.org",
                        "lectern+" + token + "@example.com",
                        "other+" + token + "@example.org",
                        "lectern+" + token + "x@example.org",
                        "lectern+" + token.replace('a', '1') + "0@example.org",
                        "lectern+" + "宣".repeat(42) + "@example.org"))
                .allSatisfy(address -> assertThat(addresses.token(address)).isEmpty());
    }

    @Test
    void newKeyInFront_keepsEarlierAddressesValid() {
        String earlier = addresses.of(ID).orElseThrow();
        String entry = addresses.ofEntry(ID, "a@example.net").orElseThrow();

        ReplyAddresses rotated = with(NEWER_KEY, KEY);

        assertThat(rotated.token(earlier)).contains(new Token.OfDelivery(ID));
        assertThat(rotated.belongs((Token.OfEntry) rotated.token(entry).orElseThrow(), ID, "a@example.net"))
                .isTrue();
        assertThat(with(NEWER_KEY).token(earlier)).isEmpty();
    }

    @Test
    void addressOfAnEntry_belongsToOneBookingAtOneMailbox() {
        String address = addresses.ofEntry(ID, "A@example.net").orElseThrow();
        Token.OfEntry token = (Token.OfEntry) addresses.token(address).orElseThrow();

        assertThat(address).isEqualTo(addresses.ofEntry(ID, "a@example.net").orElseThrow());
        assertThat(addresses.belongs(token, ID, "a@EXAMPLE.net")).isTrue();
        assertThat(addresses.belongs(token, ID, "b@example.net")).isFalse();
        assertThat(addresses.belongs(token, UUID.randomUUID(), "a@example.net")).isFalse();
        assertThat(addresses.belongs(new Token.OfEntry("1".repeat(26)), ID, "a@example.net"))
                .isFalse();
    }

    @Test
    void withoutInboundMailThereAreNoAddresses() {
        var none = new ReplyAddresses(Optional.empty(), new Secrets(List.of(KEY)));

        assertThat(none.of(ID)).isEmpty();
        assertThat(none.ofEntry(ID, "a@example.net")).isEmpty();
        assertThat(none.token(addresses.of(ID).orElseThrow())).isEmpty();
    }

    @Test
    void mailboxThatLeavesNoRoomForATokenIsRefused() {
        for (String address : List.of("", "no mailbox", "a".repeat(22) + "@example.org")) {
            assertThatThrownBy(() -> new ReplyAddresses(Optional.of(address), new Secrets(List.of(KEY))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("lectern.inbound-mail.address");
        }
    }
}
