package org.lectern.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser gets of our pages before any data. */
public abstract class AbstractPageTest {

    private static final Pattern REFERENCE =
            Pattern.compile("(?:src|href)=\"(/[^\"]+)\"|from\"(\\./[^\"]+)\"|import\"(\\./[^\"]+)\"");
    private static final int LARGEST_FIRST_LOAD = 60_000;
    /** One is for the session, one for data. */
    private static final int MOST_FILES = 6;

    private final String home;

    /** @param home the path of the pages */
    protected AbstractPageTest(String home) {
        this.home = home;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/page?day=2026-12-01&by=venue", "/any/depth"})
    void everyAddress_getsTheFrameWithAStrictPolicy(String address) {
        Response page = given().header("Accept-Language", "en").get(home + address);
        page.then().statusCode(200).contentType("text/html").header("Cache-Control", "no-cache");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .contains("require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(page.headers().getValues("Set-Cookie")).isEmpty();
    }

    @Test
    void theFrame_namesNoOtherHostAndNoInlineScript() {
        String html = given().get(home).asString();
        // people may follow a link to the map; the page itself asks no other host
        String own =
                html.replace("http://www.w3.org/2000/svg", "").replaceFirst("<meta name=\"lectern-map\"[^>]*>", "");
        assertThat(own).doesNotContain("http:", "https:", "//cdn");
        assertThat(html).doesNotContainPattern("<script(?![^>]*\\ssrc=)").doesNotContain("style=", " onload=");
    }

    @Test
    void hashedFiles_areKeptByBrowsers() {
        assertThat(files().keySet())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(given().get(file).header("Cache-Control"))
                        .contains("immutable")
                        .contains("max-age=31536000"));
    }

    @Test
    void firstLoad_keepsItsBudget() {
        Map<String, Integer> files = files();
        int page = compressed(home).asByteArray().length;
        assertThat(files.values().stream().mapToInt(Integer::intValue).sum() + page)
                .as(files.toString())
                .isLessThan(LARGEST_FIRST_LOAD);
        assertThat(files.size() + 1).as(files.toString()).isLessThanOrEqualTo(MOST_FILES);
    }

    /** The files that the frame loads, also those that its scripts name, with their compressed sizes. */
    protected final Map<String, Integer> files() {
        Map<String, Integer> found = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>();
        references(given().get(home).asString(), "/").forEach(open::add);
        while (!open.isEmpty()) {
            String file = open.poll();
            if (!found.containsKey(file)) {
                given().get(file).then().statusCode(200);
                found.put(file, compressed(file).asByteArray().length);
                references(
                                new String(given().get(file).asByteArray(), StandardCharsets.UTF_8),
                                file.substring(0, file.lastIndexOf('/') + 1))
                        .forEach(open::add);
            }
        }
        return found;
    }

    private static Response compressed(String file) {
        return given().config(RestAssured.config()
                        .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
                .header("Accept-Encoding", "gzip")
                .get(file);
    }

    private static List<String> references(String text, String folder) {
        List<String> found = new ArrayList<>();
        Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            String path = reference.group(1);
            String relative = reference.group(2) == null ? reference.group(3) : reference.group(2);
            if (path != null && path.startsWith("/static/")) {
                found.add(path);
            } else if (relative != null) {
                found.add(folder + relative.substring(2));
            }
        }
        return found;
    }
}
