package org.lectern.notification.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lectern.notification.delivery.DeliveryOutcome;
import org.lectern.notification.delivery.DeliveryOutcome.Delivered;
import org.lectern.notification.delivery.DeliveryOutcome.EndpointGone;
import org.lectern.notification.delivery.OutgoingMessage;
import org.lectern.notification.directory.RecipientKind;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.ServiceTest;

@ServiceTest
class EmailChannelTest {

    @Inject
    EmailChannel channel;

    @Test
    void manySendersAtOnce_allDeliver() {
        MailServer.up();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = IntStream.range(0, 400)
                    .mapToObj(
                            number -> senders.submit(() -> channel.deliver(letter("busy-" + number + "@example.org"))))
                    .toList();

            assertThat(outcomes).extracting(Future::get).containsOnly((DeliveryOutcome) new Delivered("smtp-250"));
        }
    }

    @Test
    void internationalDomain_isSentToByItsAsciiName() {
        MailServer.up();
        String local = "idn-" + UUID.randomUUID();

        assertThat(channel.deliver(letter(local + "@Bücher.example"))).isEqualTo(new Delivered("smtp-250"));

        assertThat(MailServer.mails(local + "@xn--bcher-kva.example")).hasSize(1);
    }

    @Test
    void unwritableAddress_disablesTheEndpoint() {
        for (String address : List.of("用户@example.org", "a@example.org\r\nBcc: b@example.org", "nobody")) {
            assertThat(channel.deliver(letter(address))).isEqualTo(new EndpointGone("unusable-address"));
        }
    }

    private static OutgoingMessage letter(String address) {
        return new OutgoingMessage(
                UUID.randomUUID(),
                1,
                false,
                new OutgoingMessage.Addressee(
                        UUID.randomUUID(), RecipientKind.BRANCH, UUID.randomUUID(), address, null, null),
                UUID.randomUUID(),
                "en",
                "Lecture moved",
                "It is at ten now.",
                false,
                null,
                null);
    }
}
