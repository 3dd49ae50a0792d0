package org.lectern.notification.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.notification.wording.MarkedLine.Piece;

class MarkedLineTest {

    private static List<String> webAddresses(String line) {
        return MarkedLine.of(line).getFirst().pieces().stream()
                .filter(Piece::web)
                .map(Piece::text)
                .toList();
    }

    @Test
    void label_isTheTextBeforeTheColon() {
        assertThat(MarkedLine.of("Venue: Hall 1: east\n地点：一号厅\nNo label here"))
                .extracting(MarkedLine::label)
                .containsExactly("Venue", "地点", null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Link: https://meet.example.org/j/1?pwd=a@b&x=(1)#2 | https://meet.example.org/j/1?pwd=a@b&x=(1)#2
                    链接：https://meet.example.org/会议/一。 | https://meet.example.org/会议/一
                    See (https://example.org/a), please. | https://example.org/a
                    http://example.org | http://example.org
                    """)
    void webAddressIsFoundWhole(String line, String address) {
        assertThat(webAddresses(line)).containsExactly(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "ftp://example.org/x", "https://", "meet.example.org"})
    void onlyWebAddressesAreLinks(String line) {
        assertThat(webAddresses(line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Reason: a https://x.example/<b> \"c\"",
                "https://x.example: y",
                "：",
                "a：",
                "𠮷：https://x.example/𠮷"
            })
    void piecesJoinedAreTheLine(String line) {
        MarkedLine marked = MarkedLine.of(line).getFirst();
        String label = marked.label();
        String text = marked.pieces().stream().map(Piece::text).collect(Collectors.joining());
        assertThat(line).endsWith(text).startsWith(label == null ? text : label);
    }
}
