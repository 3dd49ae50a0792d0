package org.lectern.chassis.problem;

import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Texts of problem documents, from the service's bundle {@code problem} or else the shared {@code chassis-problem}. */
public final class Texts {

    private static final Logger LOG = Logger.getLogger(Texts.class);
    private static final List<String> BUNDLES = List.of("problem", "chassis-problem");
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private static final DateTimeFormatter ENGLISH_DATE = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter ENGLISH_TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm '(UTC'xxx')'", Locale.ENGLISH);
    private static final DateTimeFormatter CHINESE_DATE = DateTimeFormatter.ofPattern("uuuu年M月d日", Locale.CHINESE);
    private static final DateTimeFormatter CHINESE_TIME =
            DateTimeFormatter.ofPattern("uuuu年M月d日 HH:mm'（UTC'xxx'）'", Locale.CHINESE);

    private Texts() {}

    /**
     * The text for a key. A missing key is a defect that a test detects; here it must not prevent the answer. Times and
     * dates among the arguments are written as the language writes them; a time names its offset, because the zone of
     * the reader is not known here.
     */
    public static String text(Locale language, String key, @Nullable Object... arguments) {
        Optional<String> pattern = find(language, key);
        if (pattern.isEmpty()) {
            LOG.errorf("No text for %s in %s", key, language);
            return key;
        }
        return new MessageFormat(pattern.get(), language).format(shown(language, arguments));
    }

    static @Nullable Object[] shown(Locale language, @Nullable Object... arguments) {
        @Nullable Object[] shown = new @Nullable Object[arguments.length];
        boolean chinese = language.getLanguage().equals(Locale.CHINESE.getLanguage());
        for (int i = 0; i < arguments.length; i++) {
            shown[i] = shown(chinese, arguments[i]);
        }
        return shown;
    }

    private static @Nullable Object shown(boolean chinese, @Nullable Object argument) {
        return switch (argument) {
            case OffsetDateTime time -> (chinese ? CHINESE_TIME : ENGLISH_TIME).format(time);
            case LocalDate date -> (chinese ? CHINESE_DATE : ENGLISH_DATE).format(date);
            case null, default -> argument;
        };
    }

    /** The unformatted text for a key, if present. */
    public static Optional<String> find(Locale language, String key) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        return BUNDLES.stream()
                .map(name -> ResourceBundle.getBundle(name, language, application, NO_FALLBACK))
                .filter(texts -> texts.containsKey(key))
                .findFirst()
                .map(texts -> texts.getString(key));
    }
}
