package org.lectern.chassis.problem;

import java.text.MessageFormat;
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

    private Texts() {}

    /** The text for a key. A missing key is a defect that a test detects; here it must not prevent the answer. */
    public static String text(Locale language, String key, @Nullable Object... arguments) {
        Optional<String> pattern = find(language, key);
        if (pattern.isEmpty()) {
            LOG.errorf("No text for %s in %s", key, language);
            return key;
        }
        return new MessageFormat(pattern.get(), language).format(arguments);
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
