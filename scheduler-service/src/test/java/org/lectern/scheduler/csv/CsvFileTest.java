package org.lectern.scheduler.csv;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Violation;

/** A file is read in its actual encoding, never by a guess. */
class CsvFileTest {

    private static final Charset GB18030 = Charset.forName("GB18030");

    private static void refused(CsvFile file, String key) {
        assertThatThrownBy(file::text)
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refusal -> assertThat(refusal.violations())
                                .extracting(Violation::key)
                                .isEqualTo(List.of(key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"编号,名称", "联通", "𠮷野家,㐀", "code,name", "😀"})
    void theEncodingIsFoundOut(String text) {
        assertThat(new CsvFile(text.getBytes(UTF_8), "text/csv").text()).isEqualTo(text);
        assertThat(new CsvFile(("\uFEFF" + text).getBytes(UTF_8), null).text()).isEqualTo(text);
        assertThat(new CsvFile(text.getBytes(GB18030), "text/csv").text()).isEqualTo(text);
        assertThat(new CsvFile(("\uFEFF" + text).getBytes(GB18030), "text/csv").text())
                .isEqualTo(text);
        assertThat(new CsvFile(("\uFEFF" + text).getBytes(UTF_16LE), "text/csv").text())
                .isEqualTo(text);
        assertThat(new CsvFile(("\uFEFF" + text).getBytes(UTF_16BE), "text/csv").text())
                .isEqualTo(text);
        assertThat(new CsvFile(text.getBytes(UTF_16LE), "text/csv; charset=utf-16le").text())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/csv;charset=GB18030",
                "text/csv; charset=\"gbk\"",
                "text/csv; header=present; Charset=gb2312",
                "text/csv ; charset = CP936"
            })
    void whatTheContentTypeSaysCountsMore(String contentType) {
        byte[] either = {(byte) 0xC4, (byte) 0xA3};
        assertThat(new CsvFile(either, "text/csv").text()).isEqualTo("ģ");
        assertThat(new CsvFile(either, contentType).text()).isEqualTo("模");
    }

    @Test
    void unknownEncoding_isRefused() {
        refused(new CsvFile(new byte[] {'a', (byte) 0xFF, (byte) 0xFF}, null), "csv.encoding");
        refused(new CsvFile("编号,名称".getBytes(UTF_16LE), null), "csv.encoding");
        refused(new CsvFile(new byte[] {'P', 'K', 3, 4, 20}, "text/csv"), "csv.spreadsheet");
        refused(new CsvFile("a\u0000b".getBytes(UTF_8), null), "csv.encoding");
        refused(new CsvFile("编号".getBytes(GB18030), "text/csv;charset=utf-8"), "csv.encoding-declared");
        refused(new CsvFile("a".getBytes(UTF_8), "text/csv;charset=ISO-8859-1"), "csv.charset");
    }
}
