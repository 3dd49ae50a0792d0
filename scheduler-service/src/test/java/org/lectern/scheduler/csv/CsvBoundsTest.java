package org.lectern.scheduler.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.response.ValidatableResponse;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.LogLines;

/** Any CSV file leads to a bounded answer, a bounded log and a bounded time under locks. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class CsvBoundsTest {

    private static final int MOST_BYTES_OF_A_PROBLEM = 20_000;

    @Inject
    City city;

    @Inject
    DataSource database;

    @Inject
    Messages messages;

    private final String mark = "Z" + UUID.randomUUID().toString().substring(0, 8);

    private static ValidatableResponse send(String registry, String csv, boolean dryRun) {
        var request = organizer()
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("text/csv")
                .queryParam("dryRun", dryRun)
                .body(csv.getBytes(UTF_8));
        if (registry.equals("bookings")) {
            request.header("Idempotency-Key", UUID.randomUUID());
        }
        if (registry.equals("calendar")) {
            request.queryParam("year", 2031);
        }
        return request.post("/api/v1/" + registry + "/import").then();
    }

    static Stream<Arguments> filesOfManyHeadings() {
        return Stream.of("lecturers", "branches", "venues", "topics", "calendar", "bookings")
                .flatMap(registry -> Stream.of(
                        Arguments.of(registry, 500_000, "x\u0001y,"),
                        Arguments.of(registry, 500_000, "\"未知\","),
                        Arguments.of(registry, 4_900_000, ",x")));
    }

    @ParameterizedTest(name = "{0}, {1} bytes of {2}")
    @MethodSource("filesOfManyHeadings")
    void manyUnknownHeadings_areOneBoundedProblem(String registry, int size, String heading) {
        String file = heading.repeat(size / heading.getBytes(UTF_8).length) + "\n";
        try (LogLines log = LogLines.open()) {
            byte[] answer = send(registry, file, false)
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("code", equalTo("invalid-request"), "errors", hasSize(1))
                    .body("errors[0].detail", endsWith("columns; the limit is 100"))
                    .extract()
                    .asByteArray();
            assertThat(answer).hasSizeLessThan(MOST_BYTES_OF_A_PROBLEM);
            assertThat(log.text()).doesNotContain("未知", "x\u0001");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lecturers", "branches", "venues", "topics", "calendar", "bookings"})
    void longUnknownHeadings_areQuotedInPartAndTheRestIsCounted(String registry) {
        String heading = "x\u0001" + "𠮷".repeat(10_000);
        String file = String.join(",", Collections.nCopies(CsvImport.MOST_COLUMNS, heading)) + "\n";

        byte[] answer = send(registry, file, true)
                .statusCode(400)
                .body("errors", hasSize(21))
                .body("errors[20].detail", containsString("more errors in its header"))
                .body("errors[19].detail", containsString("𠮷".repeat(48) + "…\""))
                .extract()
                .asByteArray();

        assertThat(answer).hasSizeLessThan(MOST_BYTES_OF_A_PROBLEM);
    }

    @Test
    void longCellsAreQuotedInPart() {
        String unknown = mark + "长".repeat(9_000);
        var file = new StringBuilder("code,name,kind,branch\n");
        for (int i = 0; i < 150; i++) {
            file.append(mark)
                    .append(i)
                    .append(",n,branch-room,")
                    .append(unknown)
                    .append('\n');
        }

        List<String> details = send("venues", file.toString(), true)
                .statusCode(200)
                .body("errorCount", equalTo(150))
                .extract()
                .jsonPath()
                .getList("errors.detail");

        assertThat(details)
                .allSatisfy(detail -> assertThat(detail)
                        .startsWith("refers to an item that does not exist or is archived: " + mark)
                        .endsWith("…")
                        .hasSizeLessThan(300));
    }

    @Test
    void everyErrorIsCountedAndTheFirstAreListed() {
        String file = "code,name,tier,topics\n" + mark + ",n,municipal," + "x;".repeat(3_000) + "\n";

        send("lecturers", file, true).statusCode(200).body("errorCount", equalTo(3_000), "errors", hasSize(200));
        send("lecturers", file, false)
                .statusCode(422)
                .body("errorCount", equalTo(3_000), "rowErrors", hasSize(200))
                .body("detail", containsString("The file has 3000 errors; \"rowErrors\" lists 200 of them"));
    }

    @Test
    void aRowOfManyCellsIsAnErrorOfItsLine() {
        send("topics", "code,title,durationMinutes\n" + ",".repeat(4_000_000) + "x\n", true)
                .statusCode(200)
                .body("errors.line", hasSize(4))
                .body("errors.detail", hasItem("has 4000001 cells; the header has 3"));
    }

    @Test
    void aFileThatIsNone_isRefusedWithoutWaitingForLocks() throws Exception {
        try (Connection other = database.getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('lectern.branch.tree'))");
            try {
                send("branches", "code,name,kind,colour\n" + mark + ",n,village,red\n", false)
                        .statusCode(400)
                        .body("errors.detail", contains(containsString("unknown column \"colour\"")));
            } finally {
                other.rollback();
            }
        }
    }

    @Test
    void theLogHoldsNoValuesOfRows() {
        try (LogLines log = LogLines.open()) {
            send(
                            "lecturers",
                            "code,name,tier,email,phone\n" + mark + "," + mark + ",municipal,x " + mark + ",y\n",
                            false)
                    .statusCode(422);
            send("lecturers", "code,name,tier,email\n" + mark + ",n,municipal," + mark + "@example.org\n", false)
                    .statusCode(200);
            send("topics", "code,title,durationMinutes\n\"" + mark, false).statusCode(400);
            send(
                            "bookings",
                            "lecturer,topic,branch,format,start,campaign\n" + (mark + ",").repeat(5) + mark + "\n",
                            true)
                    .statusCode(200);
            assertThat(log.text()).doesNotContain(mark);
        }
    }

    @Test
    void aChainOfParentsInReverseOrderIsStored() {
        var file = new StringBuilder("code,name,kind,parent\n");
        int length = 3_000;
        for (int i = length; i > 0; i--) {
            file.append("%s-%d,村,village,%s-%d\n".formatted(mark, i, mark, i - 1));
        }
        file.append(mark).append("-0,县,county,\n");

        send("branches", file.toString(), false).statusCode(200).body("created", equalTo(length + 1));

        assertThat(city.count("SELECT count(*) FROM branch WHERE code LIKE ? AND parent_id IS NOT NULL", mark + "-%"))
                .isEqualTo(length);
        String cycle = file.toString().replace(mark + "-0,县,county,\n", mark + "-0,县,county," + mark + "-7\n");
        send("branches", cycle, true)
                .statusCode(200)
                .body("errorCount", equalTo(length + 1))
                .body("errors.column.unique()", contains("parent"));
    }

    @Test
    @ActivateRequestContext
    void notesOfAnAttempt_areClearedForTheNext() {
        CsvFile file = new CsvFile("code,title\na,x,y\nb,y\nb,z\n".getBytes(UTF_8), null);
        CsvImport run = new CsvImport(file, List.of("code", "title"), Set.of("code"), messages);
        for (int attempt = 0; attempt < 3; attempt++) {
            run.begin();
            assertThat(run.rows().stream().map(Row::isFlawed)).containsExactly(true, false, true);
            run.rows().get(1).error("title", "cell.missing");
            run.created(run.rows().get(0));
            run.kept(run.rows().get(1), true);
            run.kept(run.rows().get(2), false);
        }

        ImportReport report = run.report(true);

        assertThat(report.errorCount()).isEqualTo(3);
        assertThat(report.errors()).extracting(RowError::line).containsExactly(2L, 3L, 4L);
        assertThat(List.of(report.created(), report.updated(), report.unchanged()))
                .containsExactly(1, 1, 1);
    }
}
