package org.lectern.scheduler.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.csv.CsvRecords.Cells;

/** CSV is parsed as RFC 4180 specifies, in one pass and in bounded memory. */
class CsvRecordsTest {

    private static final int MANY = 1000;
    private static final String REFUSED = "refused";

    private static List<String> read(String text) {
        List<String> records = new ArrayList<>();
        CsvRecords reader = new CsvRecords(text, MANY);
        try {
            for (Cells cells = reader.next(); cells != null; cells = reader.next()) {
                records.add(cells.line() + " " + cells.cells());
                assertThat(cells.isBlank()).isEqualTo(cells.cells().isEmpty());
                assertThat(cells.count()).isEqualTo(cells.cells().size());
            }
        } catch (InvalidRequest e) {
            records.add(REFUSED);
        }
        return records;
    }

    private static List<String> readByCommonsCsv(String text) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setIgnoreEmptyLines(false)
                .setTrim(true)
                .get();
        List<String> records = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            long line = 0;
            for (var cells : parser) {
                records.add((line + 1) + " " + withoutTrailingBlanks(cells.toList()));
                line = parser.getCurrentLineNumber();
            }
        } catch (UncheckedIOException e) {
            records.add(REFUSED);
        }
        return records;
    }

    private static List<String> withoutTrailingBlanks(List<String> cells) {
        int count = cells.size();
        while (count > 0 && cells.get(count - 1).isBlank()) {
            count--;
        }
        return cells.subList(0, count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;b;c,d\n1;2",
                "a\tb\tc,d\n1\t2",
                "a,\"b;;;c\"\n1,2",
                "sep=;\na,x;b\n1;2",
                "sep=;\r\na,x;b\r\n1;2",
                "\"SEP=;\"\na,x;b\n1;2",
                "sep=\t\na,x\tb\n1\t2",
                "\n\na;b;c,d\n1;2"
            })
    void separator_isDeclaredOrTheMostFrequent(String text) {
        List<String> records = read(text);

        assertThat(records.getLast()).endsWith("[1, 2]");
    }

    @Test
    void lineOfTheSeparator_isCounted() {
        assertThat(read("sep=;\na;b\n1;2")).containsExactly("2 [a, b]", "3 [1, 2]");
    }

    @Test
    void rowsOfSeparators_areBlank() {
        assertThat(read("a,b\n,,,\n\u00A0,\"\",\n1,2,,")).containsExactly("1 [a, b]", "2 []", "3 []", "4 [1, 2]");
    }

    @ParameterizedTest
    @CsvSource({"'a,b\n1,\"x\n2,y\n', csv.quote-open, 2", "'a,b\n1,\"x\n2,\"y\"\n', csv.quote-inside, 2"})
    void brokenQuotation_isNamedByItsLine(String text, String key, long line) {
        CsvRecords reader = new CsvRecords(text.replace("\\n", "\n"), MANY);

        assertThatThrownBy(() -> {
                    while (reader.next() != null) {
                        // read on
                    }
                })
                .isInstanceOfSatisfying(InvalidRequest.class, refusal -> {
                    assertThat(refusal.violations().getFirst().key()).isEqualTo(key);
                    assertThat(refusal.violations().getFirst().arguments().getFirst())
                            .isEqualTo(line);
                });
    }

    @Test
    void textsAreReadAsCommonsCsvReadsThem() throws IOException {
        Random random = new Random(4180);
        String alphabet = "ab,,\"\"\r\n \t汉";
        for (int i = 0; i < 50_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(14); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            List<String> expected = readByCommonsCsv("sep\n" + text);
            assertThat(read("sep=,\n" + text)).as("%s", text).isEqualTo(expected.subList(1, expected.size()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {",x", "x,", "\"x\",", "\"\"\"\","})
    void cellsBeyondTheLimitAreCountedWithoutMemory(String cell) {
        String text = cell.repeat(1_000_000) + "x";
        CsvRecords reader = new CsvRecords(text, 3);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        Cells cells = reader.next();

        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(cells.count()).isEqualTo(1_000_001);
        assertThat(cells.cells()).hasSize(3);
        assertThat(allocated).isLessThan(100_000);
        assertThat(reader.next()).isNull();
    }
}
