package org.lectern.notification.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Text;
import org.lectern.chassis.time.Zones;

/**
 * Reads the data of an event. Ignores unknown members, so that the producer may add some. Identity, version and times
 * are strict, because people would be notified of a guess. An unusable display detail counts as absent, because it must
 * not block a notice.
 */
public final class EventReader {

    private static final int MAX_DEPTH = 32;

    private final ObjectMapper json;

    public EventReader() {
        json = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule("lenient")
                        .addDeserializer(String.class, new StorableText())
                        .addDeserializer(ZoneId.class, new KnownZone()))
                .addHandler(new Details())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        Details.OBJECTS.forEach(detail ->
                json.coercionConfigFor(detail).setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull));
        json.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
    }

    /**
     * Reads an event of that type.
     *
     * @throws Unreadable if the bytes are not UTF-8, not JSON, or not such an event
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

    /** Text that PostgreSQL can store. */
    private static final class StorableText extends StringDeserializer {

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = super.deserialize(parser, context);
            return text == null ? null : Text.storable(text);
        }
    }

    /** Reads a zone; an unknown one becomes the default. */
    private static final class KnownZone extends StdScalarDeserializer<ZoneId> {

        KnownZone() {
            super(ZoneId.class);
        }

        @Override
        public ZoneId deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String name = parser.getValueAsString();
            parser.skipChildren();
            return Zones.of(name);
        }
    }

    /** A detail of the wrong type counts as absent. */
    private static final class Details extends DeserializationProblemHandler {

        private static final Set<Class<?>> OBJECTS = Set.of(
                BookingEvent.Lecturer.class,
                BookingEvent.Topic.class,
                BookingEvent.Venue.class,
                BookingEvent.Before.class);

        @Override
        public @Nullable Object handleUnexpectedToken(
                DeserializationContext context,
                JavaType type,
                JsonToken token,
                JsonParser parser,
                @Nullable String message)
                throws IOException {
            return absent(type.getRawClass(), parser);
        }

        @Override
        public @Nullable Object handleMissingInstantiator(
                DeserializationContext context,
                Class<?> type,
                @Nullable ValueInstantiator instantiator,
                @Nullable JsonParser parser,
                @Nullable String message)
                throws IOException {
            return parser == null ? NOT_HANDLED : absent(type, parser);
        }

        private static @Nullable Object absent(Class<?> type, JsonParser parser) throws IOException {
            if (type != String.class && !OBJECTS.contains(type)) {
                return NOT_HANDLED;
            }
            parser.skipChildren();
            return null;
        }
    }
}
