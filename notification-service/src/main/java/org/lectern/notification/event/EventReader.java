package org.lectern.notification.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.lectern.notification.problem.Text;

/**
 * Reads the data of an event. Members it does not know are ignored, so that the producer may add some; everything else
 * is strict, for what is guessed here would be told to people.
 */
public final class EventReader {

    private static final int MAX_DEPTH = 32;

    private final ObjectMapper json;

    public EventReader() {
        json = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule("storable").addDeserializer(String.class, new StorableText()))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        json.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
    }

    /**
     * The event of that type in those bytes.
     *
     * @throws Unreadable if they are not UTF-8, no JSON, or not such an event
     */
    public Event read(EventType type, byte[] value) throws Unreadable {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable("data-is-not-utf-8");
        }
        try {
            Event event = json.readValue(text, type.data());
            if (event == null) {
                throw new Unreadable("data-does-not-fit");
            }
            return event;
        } catch (JsonMappingException e) {
            throw new Unreadable("data-does-not-fit");
        } catch (JsonProcessingException e) {
            throw new Unreadable("data-is-not-json");
        }
    }

    /** Refuses text that PostgreSQL cannot store. */
    private static final class StorableText extends StringDeserializer {

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = super.deserialize(parser, context);
            if (text != null && !Text.isStorable(text)) {
                throw JsonMappingException.from(parser, "text that cannot be stored");
            }
            return text;
        }
    }
}
