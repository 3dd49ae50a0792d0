package org.lectern.scheduler.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lectern.scheduler.support.Contract;

/** Every event has a schema, a valid example, and an entry in the AsyncAPI document. */
class EventContractTest {

    @ParameterizedTest
    @EnumSource(EventCatalog.class)
    void everyEventIsDescribed(EventCatalog event) throws IOException {
        Contract.validate(event.type(), Contract.example(event.type()));

        try (var in = EventContractTest.class.getResourceAsStream("/contract/asyncapi.yaml")) {
            String document = new String(in.readAllBytes(), UTF_8);
            assertThat(document)
                    .contains("name: " + event.type())
                    .contains("address: " + event.topic())
                    .contains("schema/" + event.type().substring("lectern.".length()) + ".schema.json");
        }
    }
}
