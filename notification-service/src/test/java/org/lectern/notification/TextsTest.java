package org.lectern.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.i18n.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.notification.notice.NoticeTexts;

/** Every text for people exists in both languages. */
class TextsTest {

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    @Test
    void everyProblemTextExistsInBothLanguages() {
        Properties english = properties("/problem.properties");
        Properties chinese = properties("/problem_zh_CN.properties");
        assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        english.stringPropertyNames()
                .forEach(key -> assertThat(parameters(chinese.getProperty(key)))
                        .as(key)
                        .isEqualTo(parameters(english.getProperty(key))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.lectern.notification.notice.NoticeTexts",
                "org.lectern.notification.channel.email.EmailTexts",
                "org.lectern.notification.calendar.CalendarTexts",
                "org.lectern.notification.offer.OfferTexts",
                "org.lectern.notification.delivery.TrialTexts",
                "org.lectern.notification.confirmation.ConfirmationTexts",
                "org.lectern.notification.channel.chat.ChatTexts"
            })
    void everyMessageExistsInBothLanguages(String bundle) throws ClassNotFoundException {
        Class<?> texts = Class.forName(bundle, false, NoticeTexts.class.getClassLoader());
        String name = texts.getSimpleName().replace("Texts", "").toLowerCase(Locale.ROOT);
        Properties chinese = properties("/messages/" + name + "_zh-CN.properties");
        Set<String> methods = Arrays.stream(texts.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Message.class))
                .map(Method::getName)
                .collect(Collectors.toSet());
        assertThat(chinese.stringPropertyNames()).isEqualTo(methods);
        for (Method method : texts.getDeclaredMethods()) {
            assertThat(parameters(chinese.getProperty(method.getName())))
                    .as(method.getName())
                    .isEqualTo(parameters(method.getAnnotation(Message.class).value()));
        }
    }

    private static Set<String> parameters(String text) {
        return PARAMETER
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties properties(String name) {
        var properties = new Properties();
        try (InputStream in = TextsTest.class.getResourceAsStream(name)) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
