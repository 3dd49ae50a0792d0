package org.lectern.chassis.problem;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Texts of problem documents: from the bundle {@code problem} of the service, or else from {@code chassis-problem}, which both
 * services have.
 */
public final class Texts {

    private static final Logger LOG = Logger.getLogger(Texts.class);
    private static final List<String> BUNDLES = List.of("problem", "chassis-problem");
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Texts() {}

    /** The text under a key; a missing key is a defect that a test finds, but an answer must still go out. */
    public static String text(Locale language, String key, @Nullable Object... arguments) {
        Optional<String> pattern = find(language, key);
        if (pattern.isEmpty()) {
            LOG.errorf("No text for %s in %s", key, language);
            return key;
        }
        return new MessageFormat(pattern.get(), language).format(arguments);
    }

    /** The text under a key as it is written, if there is one. */
    public static Optional<String> find(Locale language, String key) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        return BUNDLES.stream()
                .map(name -> ResourceBundle.getBundle(name, language, application, NO_FALLBACK))
                .filter(texts -> texts.containsKey(key))
                .findFirst()
                .map(texts -> texts.getString(key));
    }
}
