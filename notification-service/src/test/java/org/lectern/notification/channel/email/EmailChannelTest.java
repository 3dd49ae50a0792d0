package org.lectern.notification.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lectern.notification.delivery.DeliveryOutcome;
import org.lectern.notification.delivery.DeliveryOutcome.Delivered;
import org.lectern.notification.delivery.Letter;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.ServiceTest;

@ServiceTest
class EmailChannelTest {

    @Inject
    EmailChannel channel;

    @Test
    void noGreetingOfTheMailServerIsMissedHoweverBusyTheSendersAre() {
        MailServer.up();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = IntStream.range(0, 400)
                    .mapToObj(number -> senders.submit(() -> channel.deliver(letter(number))))
                    .toList();

            assertThat(outcomes).extracting(Future::get).containsOnly((DeliveryOutcome) new Delivered("smtp-250"));
        }
    }

    private static Letter letter(int number) {
        return new Letter(
                UUID.randomUUID(),
                1,
                false,
                new Letter.Addressee(
                        UUID.randomUUID(), UUID.randomUUID(), "busy-" + number + "@example.org", null, null),
                UUID.randomUUID(),
                "en",
                "Lecture moved",
                "It is at ten now.",
                false,
                null,
                null);
    }
}
