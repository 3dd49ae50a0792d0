package org.lectern.scheduler.csv;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.lectern.scheduler.support.Registries.body;
import static org.lectern.scheduler.support.Registries.create;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;

/** Files as Excel, WPS and LibreOffice write them are read, and an export that passed through one changes nothing. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class SpreadsheetTest {

    private final String mark = "S" + UUID.randomUUID().toString().substring(0, 8);

    private static ValidatableResponse send(String registry, byte[] csv, boolean dryRun) {
        return organizer()
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("text/csv")
                .queryParam("dryRun", dryRun)
                .body(csv)
                .post("/api/v1/" + registry + "/import")
                .then();
    }

    private static ValidatableResponse rehearse(String registry, String csv) {
        return send(registry, csv.getBytes(UTF_8), true);
    }

    /** The cells of a file without quotation marks around separators. */
    private static List<List<String>> cells(String file) {
        CsvRecords records = new CsvRecords(file, 100);
        return Stream.generate(records::next)
                .takeWhile(each -> each != null)
                .map(CsvRecords.Cells::cells)
                .toList();
    }

    private static String written(List<List<String>> rows, String separator, Function<String, String> cell) {
        return rows.stream()
                .map(row -> row.stream()
                        .map(cell)
                        .map(text -> text.contains(separator) || text.contains("\"") || text.contains("\n")
                                ? '"' + text.replace("\"", "\"\"") + '"'
                                : text)
                        .collect(Collectors.joining(separator)))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    /** What spreadsheets do to a file when they save it. */
    static Stream<Arguments> spreadsheets() {
        Function<String, String> capitals =
                text -> text.equals("true") || text.equals("false") ? text.toUpperCase(Locale.ROOT) : text;
        Function<String, String> decimalComma =
                text -> text.matches("-?\\d+\\.\\d+") ? text.replace('.', ',') : capitals.apply(text);
        return Stream.of(
                Arguments.of(
                        "Excel, comma",
                        wrap(rows -> written(rows, ",", capitals).getBytes(UTF_8))),
                Arguments.of(
                        "Excel, UTF-8 with mark",
                        wrap(rows -> ("\uFEFF" + written(rows, ",", capitals)).getBytes(UTF_8))),
                Arguments.of(
                        "Excel, semicolon and decimal comma",
                        wrap(rows -> written(rows, ";", decimalComma).getBytes(UTF_8))),
                Arguments.of(
                        "Excel, sep line",
                        wrap(rows -> ("sep=;\r\n" + written(rows, ";", decimalComma)).getBytes(UTF_8))),
                Arguments.of(
                        "Excel, Unicode text",
                        wrap(rows -> ("\uFEFF" + written(rows, "\t", capitals)).getBytes(UTF_16LE))),
                Arguments.of(
                        "WPS, GB18030",
                        wrap(rows -> written(rows, ",", capitals).getBytes(Charset.forName("GB18030")))),
                Arguments.of(
                        "LibreOffice, all texts in quotation marks",
                        wrap(rows -> rows.stream()
                                .map(row -> row.stream()
                                        .map(text -> '"' + text.replace("\"", "\"\"") + '"')
                                        .collect(Collectors.joining(",")))
                                .collect(Collectors.joining("\n"))
                                .getBytes(UTF_8))),
                Arguments.of(
                        "empty rows and columns",
                        wrap(rows -> (written(rows, ",", capitals).replace("\r\n", ",,,\r\n") + ",,,,,,\r\n,,,,\r\n")
                                .getBytes(UTF_8))),
                Arguments.of(
                        "trailing empty cells dropped",
                        wrap(rows -> written(rows, ",", capitals)
                                .replaceAll("(?m),+\r$", "\r")
                                .getBytes(UTF_8))));
    }

    private static Function<List<List<String>>, byte[]> wrap(Function<List<List<String>>, byte[]> saved) {
        return saved;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spreadsheets")
    void exportSavedByASpreadsheet_changesNothing(String name, Function<List<List<String>>, byte[]> saved) {
        Map<String, Object> topic = body("topics");
        topic.put("description", "第一行, 有\"引号\"; 和分号\n第二行");
        Map<String, Object> branch = body("branches");
        branch.put("parallel", true);
        branch.put("place", Map.of("address", "青石村8号", "latitude", -30.5, "longitude", 120.25));
        Map<String, Object> venue = body("venues");
        venue.put("place", Map.of("latitude", 30.2741, "longitude", 120.1551));
        Map<String, Map<String, Object>> bodies = new HashMap<>(
                Map.of("topics", topic, "branches", branch, "venues", venue, "lecturers", body("lecturers")));
        bodies.forEach((registry, body) -> {
            body.put("code", mark + "-" + registry);
            create(registry, body);
            String file = organizer()
                    .queryParam("q", mark)
                    .header("Accept-Language", "zh-CN")
                    .get("/api/v1/" + registry + "/export.csv")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();

            send(registry, saved.apply(cells(file)), true)
                    .statusCode(200)
                    .body("errors", empty(), "rows", equalTo(1), "unchanged", equalTo(1));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "TRUE, true",
        "True, true",
        "yes, true",
        "YES, true",
        "1, true",
        "是, true",
        "ｙｅｓ, true",
        "FALSE, false",
        "no, false",
        "0, false",
        "否, false"
    })
    void yesAndNo_areReadAsPeopleWriteThem(String cell, boolean parallel) {
        send("branches", ("code,name,kind,parallel\n" + mark + ",村,village," + cell + "\n").getBytes(UTF_8), false)
                .statusCode(200);

        organizer().queryParam("q", mark).get("/api/v1/branches").then().body("items[0].parallel", equalTo(parallel));
    }

    @Test
    void otherAnswersThanYesAndNo_areRefusedWithAWayOut() {
        rehearse("branches", "code,name,kind,parallel\n" + mark + ",村,village,maybe\n")
                .body("errors.line", contains(2), "errors.column", contains("parallel"))
                .body("errors[0].detail", containsString("yes or no"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30.5d", "0x1p5", "1_0", "٣٠"})
    void numbersOfProgrammers_areRefused(String cell) {
        rehearse("branches", "code,name,kind,latitude,longitude\n" + mark + ",村,village," + cell + ",120\n")
                .body("errors.column", contains("latitude"));
        rehearse("topics", "code,title,durationMinutes\n" + mark + ",主题," + cell + "\n")
                .body("errors.column", contains("durationMinutes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2031-10-01",
                "2031/10/1",
                "2031年10月1日",
                "2031.10.1",
                "1 Oct 2031",
                "October 1, 2031",
                "1-Oct-2031"
            })
    void dates_areReadAsPeopleWriteThem(String cell) {
        int year = 2031;
        organizer()
                .contentType("text/csv; charset=UTF-8")
                .queryParam("year", year)
                .queryParam("dryRun", true)
                .body("date,name,isOffDay\n\"" + cell + "\",国庆节,TRUE\n")
                .post("/api/v1/calendar/import")
                .then()
                .statusCode(200)
                .body("errors", empty(), "rows", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "10/1/2031, means one day everywhere",
        "2031-02-30, 2031-02-30 does not exist",
        "tomorrow, means one day everywhere"
    })
    void datesThatMayMeanTwoDays_areRefused(String cell, String detail) {
        organizer()
                .contentType("text/csv; charset=UTF-8")
                .queryParam("year", 2031)
                .queryParam("dryRun", true)
                .body("date,name,isOffDay\n" + cell + ",国庆节,TRUE\n")
                .post("/api/v1/calendar/import")
                .then()
                .statusCode(200)
                .body("errors.line", contains(2), "errors.column", contains("date"))
                .body("errors[0].detail", containsString(detail));
    }

    @Test
    void unclosedQuotationMark_namesItsLine() {
        rehearse("topics", "code,title,durationMinutes\n" + mark + ",\"open,60\n" + mark + "-2,title,60\n")
                .statusCode(400)
                .body("errors[0].detail", containsString("line 2"));
    }

    @Test
    void textInAColumnWithoutHeading_isNamed() {
        rehearse("topics", "code,title,,durationMinutes\n" + mark + ",主题,,60\n" + mark + "-2,主题,x,60\n")
                .statusCode(200)
                .body("created", equalTo(1), "errors.line", contains(3))
                .body("errors[0].detail", containsString("column 3"));
    }

    @Test
    void headings_areKnownWithAnySpacesAndWidth() {
        rehearse(
                        "topics",
                        Arrays.asList("Code", "\u00A0标题\u00A0", "ｄｕｒａｔｉｏｎ Minutes").stream()
                                        .collect(Collectors.joining(","))
                                + "\n" + mark + ",主题,60\n")
                .statusCode(200)
                .body("created", equalTo(1), "errors", empty());
    }
}
