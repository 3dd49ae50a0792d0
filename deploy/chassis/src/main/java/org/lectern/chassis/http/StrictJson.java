package org.lectern.chassis.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Text;
import org.lectern.chassis.problem.InvalidValue;
import org.lectern.chassis.text.CleanText;
import org.lectern.chassis.time.Days;
import org.lectern.chassis.time.Years;

/**
 * Parses JSON strictly: no duplicate or unknown members, no trailing content, no type coercion. Size and depth are
 * bounded; times need an offset (RFC 3339). Text is cleaned ({@link CleanText}): blank text is no text, and invisible
 * characters are refused.
 */
@Singleton
class StrictJson implements ObjectMapperCustomizer {

    private static final int LONGEST_TIME = 40;

    private final long largest;

    /** @param largest maximum size of a JSON document, in bytes */
    @Inject
    StrictJson(@ConfigProperty(name = "lectern.http.max-json-size") MemorySize largest) {
        this.largest = largest.asLongValue();
    }

    /** Runs last, so that the modules Quarkus registers cannot undo the strict settings. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(largest)
                        .maxNestingDepth(32)
                        .maxStringLength(16 * 1024)
                        .maxNumberLength(32)
                        .maxNameLength(200)
                        .build());
        mapper.getFactory().configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature(), true);
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        mapper.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        mapper.enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        mapper.disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE);
        mapper.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        mapper.setConfig(mapper.getDeserializationConfig().without(MapperFeature.ALLOW_COERCION_OF_SCALARS));
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        mapper.registerModule(new SimpleModule("lectern-strict")
                .addDeserializer(String.class, new PlainText())
                .addDeserializer(LocalDate.class, new Date())
                .addDeserializer(OffsetDateTime.class, new Rfc3339()));
    }

    /** Clean text that PostgreSQL can store: no U+0000, no unpaired surrogate. Null if nothing but blanks is given. */
    private static final class PlainText extends StdScalarDeserializer<String> {

        PlainText() {
            super(String.class);
        }

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (String) context.handleUnexpectedToken(String.class, parser);
            }
            String text = parser.getText();
            if (!Text.isStorable(text)) {
                throw invalid(parser, "text.unstorable");
            }
            String clean = CleanText.of(text);
            OptionalInt hidden = CleanText.hidden(clean);
            if (hidden.isPresent()) {
                throw invalid(parser, "text.hidden", CleanText.name(hidden.getAsInt()));
            }
            return clean.isEmpty() ? null : clean;
        }
    }

    /** A date of the calendar (RFC 3339 full-date). */
    private static final class Date extends StdScalarDeserializer<LocalDate> {

        Date() {
            super(LocalDate.class);
        }

        @Override
        public LocalDate deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING) || parser.getTextLength() > LONGEST_TIME) {
                throw invalid(parser, "date.form");
            }
            String text = parser.getText();
            try {
                LocalDate date = LocalDate.parse(text);
                if (Years.accept(date.getYear())) {
                    return date;
                }
            } catch (DateTimeException e) {
                // refused below
            }
            throw invalidTime(parser, text, "date.form");
        }
    }

    /** Requires date, time and offset; never accepts an epoch number. */
    private static final class Rfc3339 extends StdScalarDeserializer<OffsetDateTime> {

        Rfc3339() {
            super(OffsetDateTime.class);
        }

        @Override
        public OffsetDateTime deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING) || parser.getTextLength() > LONGEST_TIME) {
                throw invalid(parser, "time.with-offset");
            }
            String text = parser.getText();
            try {
                OffsetDateTime time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
                if (!Years.accept(time)) {
                    throw invalid(parser, "time.year");
                }
                return time;
            } catch (DateTimeException e) {
                throw invalidTime(parser, text, "time.with-offset");
            }
        }
    }

    /** Names the day that does not exist, or else the form. */
    private static JsonMappingException invalidTime(JsonParser parser, String text, String form) {
        return Days.impossible(text)
                .map(day -> invalid(parser, "date.impossible", day))
                .orElseGet(() -> invalid(parser, form));
    }

    private static JsonMappingException invalid(JsonParser parser, String key, Object... arguments) {
        return JsonMappingException.from(parser, key, new InvalidValue(key, arguments));
    }
}
