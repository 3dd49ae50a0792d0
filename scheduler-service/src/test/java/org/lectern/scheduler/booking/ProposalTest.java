package org.lectern.scheduler.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.Buffers.Occupancy;
import org.lectern.scheduler.booking.SoftRule.Guest;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/** The view of a lecture for the overridable rules, and how their objections become one refusal. */
class ProposalTest {

    private static final UUID HOST = UUID.randomUUID();
    private static final UUID GUEST = UUID.randomUUID();
    private static final UUID OTHER_GUEST = UUID.randomUUID();
    private static final Instant START = Instant.parse("2026-12-01T06:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T08:00:00Z");

    private static Proposal proposal(@Nullable Integer heads, Guest... guests) {
        UUID any = UUID.randomUUID();
        return new Proposal(
                null,
                null,
                any,
                any,
                HOST,
                List.of(guests),
                null,
                "lecture",
                new TimeSlot(START, END, ZoneId.of("Asia/Shanghai")),
                new Occupancy(START, END),
                heads,
                null);
    }

    @Test
    void branches_areTheHostAndItsGuests() {
        assertThat(proposal(null).branchIds()).containsExactly(HOST);
        assertThat(proposal(null, new Guest(GUEST, 3), new Guest(OTHER_GUEST, null))
                        .branchIds())
                .containsExactlyInAnyOrder(HOST, GUEST, OTHER_GUEST);
    }

    @Test
    void heads_areThoseOfHostAndGuestsAsFarAsKnown() {
        assertThat(proposal(null).allHeads()).isZero();
        assertThat(proposal(80).allHeads()).isEqualTo(80);
        assertThat(proposal(80, new Guest(GUEST, 20), new Guest(OTHER_GUEST, null))
                        .allHeads())
                .isEqualTo(100);
        assertThat(proposal(null, new Guest(GUEST, 20)).allHeads()).isEqualTo(20);
    }

    @Test
    void refusal_hasTheCodeOfTheFirstRuleAndNamesAll() {
        var blackout = new Objection("blackout", new Violation("/start", "rule.blackout"));
        var limit = new Objection("daily-limit", new Violation("/start", "rule.daily-limit", 2), 2);

        var refusal = new RulesBroken(List.of(blackout, limit), proposal(null), List.of());

        assertThat(refusal.code()).isEqualTo("blackout");
        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.violations())
                .containsExactly(
                        new Violation("/start", "rule.blackout"), new Violation("/start", "rule.daily-limit", 2));
    }

    @Test
    void refusalWithAlternatives_keepsTheObjections() {
        Proposal wanted = proposal(null);
        var objection =
                new Objection("lecturer-travel", new Violation("/start", "travel.too-long"), List.of(), Map.of());

        RulesBroken refusal = new RulesBroken(List.of(objection), wanted, List.of()).with(List.of("another time"));

        assertThat(refusal.wanted()).isSameAs(wanted);
        assertThat(refusal.code()).isEqualTo("lecturer-travel");
        assertThat(refusal.violations()).containsExactly(new Violation("/start", "travel.too-long"));
    }
}
