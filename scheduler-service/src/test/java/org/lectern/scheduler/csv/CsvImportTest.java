package org.lectern.scheduler.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** A file is imported completely or not at all, and every error names its line. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class CsvImportTest {

    @Inject
    City city;

    private final String mark = "I" + UUID.randomUUID().toString().substring(0, 8);

    private static ValidatableResponse send(String registry, String csv, boolean dryRun) {
        return send(registry, csv.getBytes(UTF_8), dryRun);
    }

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

    private long topics() {
        return city.count("SELECT count(*) FROM topic WHERE code LIKE ?", mark + "%");
    }

    @Test
    void rowsAreEnteredThenChangedThenLeftAlone() {
        String header = "code,title,description,durationMinutes,materialUrl\n";
        String file = header + mark + "-1,主题一,\"两行\n说明\",60,\n" + mark + "-2, 主题二 ,,90,https://x.example/a.pdf\n";

        send("topics", file, true)
                .statusCode(200)
                .body("dryRun", equalTo(true), "rows", equalTo(2), "created", equalTo(2));
        assertThat(topics()).isZero();
        send("topics", file, false)
                .statusCode(200)
                .body("created", equalTo(2), "updated", equalTo(0), "errors", empty());
        send("topics", file, false).statusCode(200).body("created", equalTo(0), "unchanged", equalTo(2));
        send("topics", file.replace("主题二", "主题二（修订）"), false)
                .statusCode(200)
                .body("updated", equalTo(1), "unchanged", equalTo(1));
        assertThat(city.count("SELECT version FROM topic WHERE code = ?", mark + "-1"))
                .isEqualTo(1);
        assertThat(city.count("SELECT version FROM topic WHERE code = ?", mark + "-2"))
                .isEqualTo(2);
        assertThat(city.count("SELECT count(*) FROM topic WHERE code = ? AND title = '主题二（修订）'", mark + "-2"))
                .isEqualTo(1);
    }

    @Test
    void everyErrorHasItsLineAndColumnAndNothingIsStored() {
        String file = "code,title,durationMinutes\n"
                + mark + "-1,好,60\n"
                + mark + "-2,\"带\n换行\",x\n"
                + "bad code,,3\n"
                + mark + "-1,又一个,60\n";

        send("topics", file, true)
                .statusCode(200)
                .body("errors.line", contains(3, 3, 5, 5, 5, 6))
                .body("errors.column", contains("durationMinutes", "title", "code", "durationMinutes", "title", "code"))
                .body("errors[5].detail", containsString("2"));
        send("topics", file, false)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("import-refused"), "rowErrors.line", contains(3, 3, 5, 5, 5, 6));
        assertThat(topics()).isZero();
    }

    @Test
    void ofManyErrorsAllAreCountedAndTheFirstAreListed() {
        StringBuilder file = new StringBuilder("code,title,durationMinutes\n");
        for (int i = 0; i < 250; i++) {
            file.append(mark).append('-').append(i).append(",Title,long\n");
        }

        send("topics", file.toString(), true)
                .statusCode(200)
                .body("errorCount", equalTo(250), "errors.size()", equalTo(200), "errors[199].line", equalTo(201));
        send("topics", file.toString(), false)
                .statusCode(422)
                .body("errorCount", equalTo(250), "rowErrors.size()", equalTo(200))
                .body("detail", containsString("The file has 250 errors; \"rowErrors\" lists 200 of them"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheHeader() {
        send("topics", "\uFEFFcode,title,durationMinutes\r\n" + mark + ",主题,60\r\n", false)
                .statusCode(200)
                .body("created", equalTo(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "code,title\n",
                "code,title,durationMinutes,colour\n",
                "code,code,title,durationMinutes\n",
                "code,title,durationMinutes\n\"open"
            })
    void whatIsNoSuchFileIsRefused(String file) {
        send("topics", file, false).statusCode(400).body("code", equalTo("invalid-request"));
    }

    @Test
    void otherEncodingsAreNamedAsTheFault() {
        send("topics", new byte[] {'c', 'o', 'd', 'e', '\n', (byte) 0xFF, (byte) 0xD0}, false)
                .statusCode(400)
                .body("code", equalTo("invalid-request"))
                .body(
                        "errors[0].detail",
                        equalTo(
                                "must be UTF-8, UTF-16 with a byte order mark, or GB18030, without U+0000; save it as \"CSV UTF-8\""));
    }

    @Test
    void aFileOfAChineseSpreadsheetIsReadAsItIs() {
        byte[] file = ("编号,标题,时长\r\n" + mark + "-g,乡村振兴㐀,60\r\n").getBytes(Charset.forName("GB18030"));

        send("topics", file, false).statusCode(200).body("created", equalTo(1));

        assertThat(city.count("SELECT count(*) FROM topic WHERE code = ? AND title = '乡村振兴㐀'", mark + "-g"))
                .isEqualTo(1);
    }

    @Test
    void headingsAreKnownInBothLanguagesAndAnyCaseAndOnlyOnce() {
        send("topics", "Code,标题,Duration Minutes\n" + mark + "-h,主题,60\n", true)
                .statusCode(200)
                .body("created", equalTo(1));
        send("topics", "code,编号,title,durationMinutes\n", true)
                .statusCode(400)
                .body("errors[0].detail", equalTo("has the column \"code\" twice"));
    }

    @Test
    void emptyLinesAreNoRowsAndStillCount() {
        send("topics", "\n\ncode,title,durationMinutes\n\n" + mark + "-1,好,60\n\r\n" + mark + "-2,好,x\n", true)
                .statusCode(200)
                .body("rows", equalTo(2))
                .body("errors.line", contains(7));
    }

    @Test
    void aCellThatIsTooLongIsAnError() {
        String file = "code,title,durationMinutes\n" + mark + "," + "长".repeat(CsvImport.MOST_CHARACTERS + 1) + ",60\n";

        send("topics", file, true)
                .statusCode(200)
                .body("errors.column", contains("title"))
                .body("errors[0].detail", equalTo("must have at most 10000 characters"));
    }

    @Test
    void exportedFile_isImportedUnchanged() {
        send("topics", "code,title,description,durationMinutes\n" + mark + "-t,\"=主题,\"\"一\"\"\",\"-a\nb\",60\n", false)
                .statusCode(200);
        send(
                        "branches",
                        "code,name,kind,parent,latitude,longitude\n" + mark + "-c,@县,county,,-12.5,-0.25\n" + mark
                                + "-v,村,village," + mark + "-c,,\n",
                        false)
                .statusCode(200);
        send(
                        "lecturers",
                        "code,name,tier,topics,phone\n" + mark + "-l,林,municipal," + mark + "-t,+86 138 0000 0000\n",
                        false)
                .statusCode(200);
        send("venues", "code,name,kind,branch,capacity\n" + mark + "-r,室,branch-room," + mark + "-v,10\n", false)
                .statusCode(200);

        Map.of("topics", 1, "branches", 2, "lecturers", 1, "venues", 1).forEach((registry, rows) -> {
            for (String language : List.of("en", "zh-CN")) {
                byte[] file = organizer()
                        .header("Accept-Language", language)
                        .queryParam("q", mark)
                        .queryParam("bom", true)
                        .get("/api/v1/" + registry + "/export.csv")
                        .then()
                        .statusCode(200)
                        .contentType("text/csv")
                        .header("Content-Language", language)
                        .header("Content-Disposition", "attachment; filename=\"" + registry + ".csv\"")
                        .extract()
                        .asByteArray();
                assertThat(new String(file, UTF_8))
                        .startsWith("\uFEFF" + (language.equals("en") ? "code," : "编号,"))
                        .doesNotContainPattern("(?m)(^|,)\"?[=+@]");
                send(registry, file, true)
                        .statusCode(200)
                        .body("errors", empty(), "rows", equalTo(rows), "unchanged", equalTo(rows));
            }
        });
    }

    @Test
    void aParentMayStandAnywhereInTheFile() {
        String file = "code,name,kind,parent\n"
                + mark + "-v,青石村,village," + mark + "-t\n"
                + mark + "-t,青石镇,township," + mark + "-c\n"
                + mark + "-c,青石县,county,\n";

        send("branches", file, false).statusCode(200).body("created", equalTo(3));

        assertThat(city.count(
                        "SELECT count(*) FROM branch v JOIN branch t ON t.id = v.parent_id JOIN branch c ON c.id = t.parent_id"
                                + " WHERE v.code = ? AND c.code = ?",
                        mark + "-v",
                        mark + "-c"))
                .isEqualTo(1);
        assertThat(city.count(
                        "SELECT count(*) FROM outbox o JOIN branch b ON b.id = o.aggregate_id WHERE b.code LIKE ?",
                        mark + "%"))
                .isEqualTo(3);
        send("branches", file, false).statusCode(200).body("unchanged", equalTo(3));
        assertThat(city.count(
                        "SELECT count(*) FROM outbox o JOIN branch b ON b.id = o.aggregate_id WHERE b.code LIKE ?",
                        mark + "%"))
                .isEqualTo(3);
    }

    @Test
    void aCircleOfParentsIsAnError() {
        send(
                        "branches",
                        "code,name,kind,parent\n" + mark + "-a,甲,village," + mark + "-b\n" + mark + "-b,乙,village,"
                                + mark + "-a\n",
                        false)
                .statusCode(422)
                .body("rowErrors.column", contains("parent", "parent"));
    }

    @Test
    void referencesAreByCode() {
        send("topics", "code,title,durationMinutes\n" + mark + "-t,主题,60\n", false)
                .statusCode(200);
        String header = "code,name,tier,topics,address,latitude,longitude,email,phone\n";

        send("lecturers", header + mark + "-l,林晓岚,municipal," + mark + "-t,,30.1,120.2,l@example.org,\n", false)
                .statusCode(200)
                .body("created", equalTo(1));
        send("lecturers", header + mark + "-m,某人,galactic,nothing," + ",95,,x,y\n", true)
                .statusCode(200)
                .body("errors.column", hasItem("topics"))
                .body("errors.column", hasItem("tier"))
                .body("errors.column", hasItem("latitude"))
                .body("errors.column", hasItem("email"))
                .body("errors.column", hasItem("phone"));
        send("venues", "code,name,kind,branch,capacity\n" + mark + "-r,会议室,branch-room,,10\n", true)
                .statusCode(200)
                .body("errors.column", equalTo(List.of("branch")));
    }

    @Test
    void tenThousandRowsAreOneImport() {
        var file = new StringBuilder("code,name,kind,parent\n").append(mark).append(",市,city,\n");
        for (int i = 1; i < CsvImport.MOST_ROWS; i++) {
            file.append(mark)
                    .append('-')
                    .append(i)
                    .append(",村")
                    .append(i)
                    .append(",village,")
                    .append(mark)
                    .append('\n');
        }

        send("branches", file.toString(), false).statusCode(200).body("created", equalTo(CsvImport.MOST_ROWS));
        send("branches", file.append(mark).append("-x,村,village,\n").toString(), false)
                .statusCode(400);
    }
}
