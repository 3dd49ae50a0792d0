package org.lectern.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeSyntaxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json;charset=\"utf-8\" ; x=y",
                "text/csv;",
                "application/merge-patch+json",
                "multipart/form-data; boundary=\"a \\\" b\""
            })
    void contentType_isRead(String field) {
        assertThat(MediaTypeSyntax.isContentType(List.of(field))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "/",
                ";",
                "a/",
                "/b",
                "a/b/c",
                "a b/c",
                "a/b;x",
                "a/b; x=",
                "a/b; x=\"",
                "a/b, c/d",
                "application/json\u0000",
                "文本/csv",
                "*"
            })
    void malformedContentType_isRefused(String field) {
        assertThat(MediaTypeSyntax.isContentType(List.of(field))).isFalse();
    }

    @Test
    void twoContentTypes_areRefused() {
        assertThat(MediaTypeSyntax.isContentType(List.of("text/csv", "application/json")))
                .isFalse();
        assertThat(MediaTypeSyntax.isContentType(List.of())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "application/json, text/*;q=0.5 , */*;q=0",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                "application/json;profile=\"a,b\";q=1.000;ext=1",
                ", ,text/csv,"
            })
    void accept_isRead(String field) {
        assertThat(MediaTypeSyntax.isAccept(List.of(field))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "/",
                ";",
                "a/b;q",
                "a/b;q=x",
                "a/b;q=2",
                "a/b;q=-1",
                "a/b;q=0.1234",
                "a/b c/d",
                "a/b;q=1;q=x",
                "*/"
            })
    void malformedAccept_isRefused(String field) {
        assertThat(MediaTypeSyntax.isAccept(List.of("text/csv", field))).isFalse();
    }

    @Test
    void longFields_takeLinearTime() {
        for (String part : List.of("a/b;x=\"\\", "a/b; ", ", ", "a/b;q=0.1,", "a")) {
            String field = part.repeat(16_000 / part.length());

            assertThat(MediaTypeSyntax.isAccept(List.of(field)) || MediaTypeSyntax.isContentType(List.of(field)))
                    .isIn(true, false);
        }
    }
}
