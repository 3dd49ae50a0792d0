package org.lectern.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.schedule.Rule.Aspect;

/** The rules that a change of a booking must meet again, and the field of each refusal. */
class RuleTest {

    private static Set<Aspect> aspects(String names) {
        Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
        Arrays.stream(names.split(" ")).map(Aspect::valueOf).forEach(aspects::add);
        return aspects;
    }

    @ParameterizedTest
    @CsvSource({
        "LECTURER, OUTSIDE_AVAILABILITY BLACKOUT DAILY_LIMIT WEEKLY_LIMIT NOTICE_PERIOD",
        "VENUE,    VENUE_CLOSED OVER_CAPACITY",
        "HEADS,    OVER_CAPACITY",
        "TIME,     OUTSIDE_AVAILABILITY BLACKOUT DAILY_LIMIT WEEKLY_LIMIT NOTICE_PERIOD VENUE_CLOSED OVER_CAPACITY"
                + " PUBLIC_HOLIDAY"
    })
    void change_meetsTheRulesThatDependOnIt(Aspect changed, String rules) {
        assertThat(Arrays.stream(Rule.values())
                        .filter(rule -> rule.dependsOn(Set.of(changed)))
                        .map(Rule::name)
                        .toList())
                .containsExactly(rules.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "OUTSIDE_AVAILABILITY, LECTURER VENUE TIME HEADS, /start",
        "OUTSIDE_AVAILABILITY, TIME,                      /start",
        "OUTSIDE_AVAILABILITY, LECTURER,                  /lecturerId",
        "DAILY_LIMIT,          LECTURER VENUE,            /lecturerId",
        "VENUE_CLOSED,         LECTURER VENUE TIME HEADS, /start",
        "VENUE_CLOSED,         VENUE,                     /venueId",
        "OVER_CAPACITY,        LECTURER VENUE TIME HEADS, /expectedHeadCount",
        "OVER_CAPACITY,        VENUE TIME,                /venueId",
        "OVER_CAPACITY,        TIME,                      /start",
        "PUBLIC_HOLIDAY,       LECTURER VENUE TIME HEADS, /start"
    })
    void brokenRule_pointsAtTheFieldThatWasSent(Rule rule, String decided, String pointer) {
        assertThat(rule.pointer(aspects(decided))).isEqualTo(pointer);
    }
}
