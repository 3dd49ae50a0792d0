package org.lectern.scheduler.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.problem.Language;

/** Every text for people exists in both languages. */
class ProblemTextsTest {

    private static Properties read(String file) throws IOException {
        Properties texts = new Properties();
        try (var in =
                new InputStreamReader(ProblemTextsTest.class.getResourceAsStream("/" + file), StandardCharsets.UTF_8)) {
            texts.load(in);
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"problem", "chassis-problem", "ValidationMessages"})
    void everyTextExistsInBothLanguagesWithTheSameArguments(String bundle) throws IOException {
        Properties english = read(bundle + ".properties");
        Properties chinese = read(bundle + "_zh_CN.properties");

        assertThat(chinese.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
        if (!bundle.equals("ValidationMessages")) {
            for (String key : english.stringPropertyNames()) {
                assertThat(new MessageFormat(chinese.getProperty(key)).getFormatsByArgumentIndex())
                        .as(key)
                        .hasSameSizeAs(new MessageFormat(english.getProperty(key)).getFormatsByArgumentIndex());
            }
        }
    }

    @Test
    void everyTitleHasADetail() throws IOException {
        assertThat(read("problem.properties").stringPropertyNames())
                .filteredOn(key -> key.endsWith(".title"))
                .allSatisfy(
                        key -> assertThat(read("problem.properties")).containsKey(key.replace(".title", ".detail")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "zh | zh-CN",
                "zh-TW,en;q=0.5 | zh-CN",
                "en-GB,zh;q=0.9 | en",
                "fr,zh;q=0.3 | zh-CN",
                "fr | en",
                "* | en",
                ";;;q=x | en",
                "zh;q=0,en | en"
            })
    void theLanguageIsTheCallersFirstThatWeSpeak(String header, String expected) {
        assertThat(Language.of(header).toLanguageTag()).isEqualTo(expected);
        assertThat(Language.of(null)).isEqualTo(Locale.ENGLISH);
    }
}
