package org.lectern.scheduler.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The canonical form of JSON for hashes: RFC 8785, with the numbers of its appendix B. */
class CanonicalJsonTest {

    private static String canonical(String json) throws JsonProcessingException {
        return CanonicalJson.of(new ObjectMapper().readTree(json));
    }

    @Test
    void membersAreSortedByUtf16AndNothingIsBlank() throws JsonProcessingException {
        assertThat(
                        canonical(
                                "{ \"\\u20ac\": 1, \"\\r\": 2, \"1\": [ true , null ], \"\\ud83d\\ude00\": {}, \"\\u00f6\": 5 }"))
                .isEqualTo("{\"\\r\":2,\"1\":[true,null],\"ö\":5,\"€\":1,\"😀\":{}}");
    }

    @Test
    void onlyRequiredCharacters_areEscaped() throws JsonProcessingException {
        assertThat(canonical("\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\""))
                .isEqualTo("\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "30.0, 30",
        "5e-324, 5e-324",
        "-5e-324, -5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "9007199254740992, 9007199254740992",
        "-9007199254740992, -9007199254740992",
        "295147905179352830000, 295147905179352830000",
        "9.999999999999997e22, 9.999999999999997e+22",
        "1e23, 1e+23",
        "1.0000000000000001e23, 1.0000000000000001e+23",
        "999999999999999700000, 999999999999999700000",
        "1e21, 1e+21",
        "9.999999999999997e-7, 9.999999999999997e-7",
        "0.000001, 0.000001",
        "333333333.3333333, 333333333.3333333",
        "120.1551, 120.1551",
        "-0.0000033333333333333333, -0.0000033333333333333333",
        "1424953923781206.2, 1424953923781206.2"
    })
    void numbersAreWrittenAsEcmaScriptDoes(String number, String expected) throws JsonProcessingException {
        assertThat(canonical(number)).isEqualTo(expected);
    }

    /**
     * Computed independently (Python's hashlib over the form that {@link Link} describes), so that the form stays
     * stable.
     */
    @Test
    void hashOfAnEntry_isReproducible() {
        var entry = new Entry(
                UUID.fromString("0198c0de-7f3e-7a55-9d0e-1f1f6a2c9a55"),
                Kind.VENUE,
                "0198c0de-0000-7000-8000-000000000001",
                2,
                "CHANGED",
                Instant.parse("2026-11-23T10:00:00.12Z"),
                "organizer",
                null,
                null,
                List.of(),
                "{\"name\": \"青石村文化礼堂\", \"place\": {\"latitude\": 30.2741, \"longitude\": 120.0}, \"capacity\": 120}");

        assertThat(Link.GENESIS.next(entry))
                .isEqualTo(new Link(1, "257192b5db06d5e5aa81e62b3dca571e4a36c4e21f2aa576cf39df0b2e4c6270"));
    }
}
