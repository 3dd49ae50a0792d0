package org.lectern.chassis.http;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Text;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.text.CleanText;

/**
 * Parses query parameters strictly. An invalid number, identifier or keyword is a violation of that parameter; Jakarta
 * REST would answer 404. Invalid path parameters still answer 404.
 */
@Provider
public class StrictParameters implements ParamConverterProvider {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,10}");

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        String name = parameter(annotations);
        if (name == null) {
            return null;
        }
        String pointer = "?" + name;
        if (type == String.class) {
            return (ParamConverter<T>)
                    new Clean(pointer, name.equals("cursor") ? ListCursors::position : UnaryOperator.identity());
        }
        if (type == UUID.class) {
            return (ParamConverter<T>) new Strict<>(pointer, StrictParameters::uuid, "parameter.uuid", "");
        }
        if (type == Integer.class || type == int.class) {
            return (ParamConverter<T>)
                    new Strict<>(pointer, StrictParameters::wholeNumber, "parameter.whole-number", "");
        }
        if (type == Boolean.class || type == boolean.class) {
            return (ParamConverter<T>) new Strict<>(pointer, StrictParameters::bool, "one-of", "false, true");
        }
        if (type.isEnum()) {
            String known =
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
            return new Strict<>(pointer, text -> constant(type, text), "one-of", known);
        }
        return null;
    }

    private static @Nullable String parameter(Annotation @Nullable [] annotations) {
        if (annotations == null) {
            return null;
        }
        for (Annotation annotation : annotations) {
            if (annotation instanceof QueryParam query) {
                return query.value();
            }
        }
        return null;
    }

    /** {@link UUID#fromString} alone would accept {@code 1-1-1-1-1}. */
    static UUID uuid(String text) {
        UUID id = UUID.fromString(text);
        if (!id.toString().equals(text.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException();
        }
        return id;
    }

    /** {@link Integer#valueOf} alone would accept the digits of any script. */
    static Integer wholeNumber(String text) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
        return Integer.valueOf(text);
    }

    static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static <T> T constant(Class<T> type, String text) {
        for (T constant : type.getEnumConstants()) {
            if (constant.toString().equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException();
    }

    /** Wraps a refusal in an exception that Jakarta REST passes through. */
    static final class InvalidParameter extends BadRequestException {
        InvalidParameter(InvalidRequest refusal) {
            super(refusal);
        }
    }

    /** Text, cleaned like the text of a body: {@link CleanText}. */
    private record Clean(String pointer, UnaryOperator<String> reading) implements ParamConverter<String> {

        @Override
        public @Nullable String fromString(@Nullable String text) {
            if (text == null || !Text.isStorable(text)) {
                return text; // refused by a filter
            }
            String clean = CleanText.of(text);
            OptionalInt hidden = CleanText.hidden(clean);
            if (hidden.isPresent()) {
                throw new InvalidParameter(
                        new InvalidRequest(pointer, "text.hidden", CleanText.name(hidden.getAsInt())));
            }
            return reading.apply(clean);
        }

        @Override
        public String toString(String value) {
            return value;
        }
    }

    private record Strict<T>(String pointer, Function<String, T> reading, String key, String argument)
            implements ParamConverter<T> {

        @Override
        public @Nullable T fromString(@Nullable String text) {
            if (text == null) {
                return null;
            }
            try {
                return reading.apply(text);
            } catch (IllegalArgumentException e) {
                throw new InvalidParameter(new InvalidRequest(pointer, key, argument));
            }
        }

        @Override
        public String toString(T value) {
            return value.toString();
        }
    }
}
