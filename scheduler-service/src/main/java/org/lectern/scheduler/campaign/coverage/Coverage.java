package org.lectern.scheduler.campaign.coverage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.campaign.CampaignStatus;

/** Coverage of a campaign, in numbers that add up. An item is one topic at one branch. */
@Schema(name = "CampaignCoverage")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Coverage(
        UUID campaignId,
        @Schema(examples = "2026-Q4") String code,
        @Schema(examples = "冬季基层宣讲") String name,
        CampaignStatus status,
        @Schema(description = "The moment of these figures") Instant asOf,

        @Schema(description = "The branch of the subtree; absent for the whole campaign") @Nullable
        Place under,

        Totals totals,

        @Schema(
                description = "The branches one level below, each with its subtree. Send one as `under` to see "
                        + "its level. For the whole campaign the list starts at the first level with more "
                        + "than one branch. They add up to `totals`")
        List<District> districts,

        @Schema(description = "They add up to `totals`") List<OfKind> kinds,

        @Schema(description = "They add up to `totals`") List<OfTopic> topics,

        @Schema(
                description = "By the tier of the lecturer of the held lecture, or else of the upcoming one, or "
                        + "else of the missed one. Items without a lecture have no tier. They add up to "
                        + "`totals`")
        List<OfTier> tiers,

        @Schema(description = "By the day on which items became held; days without such items are left out")
        List<Day> trend,

        Forecast forecast) {

    /** A branch, as a node of the tree. */
    @Schema(name = "CoveragePlace")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Place(
            UUID id,
            @Schema(examples = "QS") String code,
            @Schema(examples = "青山县") String name,
            @Schema(examples = "county") String kind,
            @Schema(examples = "30.2741") @Nullable Double latitude,
            @Schema(examples = "120.1551") @Nullable Double longitude) {}

    /** Items by state; each item counts once. */
    @Schema(name = "CoverageTotals")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Totals(
            @Schema(description = "All items: the sum of the states", examples = "40")
            int items,

            @Schema(examples = "12") int notPlanned,
            @Schema(examples = "3") int requested,
            @Schema(examples = "9") int booked,
            @Schema(examples = "0") int notified,
            @Schema(examples = "0") int acknowledged,
            @Schema(examples = "13") int held,
            @Schema(examples = "1") int missed,
            @Schema(examples = "2") int excluded,

            @Schema(
                    description = "The share of held items among all items that are not excluded, in per cent, "
                            + "rounded down",
                    examples = "34")
            int percentHeld,

            @Schema(description = "The head count of held lectures, counted with the host", examples = "912")
            long headCount,

            @Schema(
                    description =
                            "Lectures held or to come that their lecturers accepted, silent consent included; those "
                                    + "of lecturers who are not asked do not count",
                    examples = "11")
            int lecturerAccepted,

            @Schema(description = "Held lectures that the branch rated", examples = "8")
            int rated,

            @Schema(description = "How many branches must be reached", examples = "19") @Nullable
            Integer branches,

            @Schema(description = "The number of branches that every topic has reached", examples = "6") @Nullable
            Integer branchesCovered) {

        static Totals of(Tally tally, boolean withBranches) {
            int due = tally.all() - tally.of(CoverageState.EXCLUDED);
            return new Totals(
                    tally.all(),
                    tally.of(CoverageState.NOT_PLANNED),
                    tally.of(CoverageState.REQUESTED),
                    tally.of(CoverageState.BOOKED),
                    tally.of(CoverageState.NOTIFIED),
                    tally.of(CoverageState.ACKNOWLEDGED),
                    tally.of(CoverageState.HELD),
                    tally.of(CoverageState.MISSED),
                    tally.of(CoverageState.EXCLUDED),
                    due == 0 ? 0 : (int) (100L * tally.of(CoverageState.HELD) / due),
                    tally.headCount(),
                    tally.accepted(),
                    tally.rated(),
                    withBranches ? tally.branches() : null,
                    withBranches ? tally.branchesCovered() : null);
        }
    }

    /** One part of the tree. */
    @Schema(name = "CoverageOfDistrict")
    record District(
            Place branch,

            @Schema(description = "Whether it is the branch of `under` itself, without the branches below it")
            boolean itself,

            Totals totals) {}

    @Schema(name = "CoverageOfKind")
    record OfKind(@Schema(examples = "village") String kind, Totals totals) {}

    @Schema(name = "CoverageOfTopic")
    record OfTopic(TopicRef topic, Totals totals) {}

    @Schema(name = "CoverageOfTier")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfTier(@Schema(examples = "municipal") @Nullable String tier, Totals totals) {}

    @Schema(name = "CoverageDay")
    record Day(
            @Schema(examples = "2026-11-12") LocalDate date,

            @Schema(description = "Items that became held", examples = "4")
            int held,

            @Schema(description = "Items held up to this day, inclusive", examples = "13")
            int heldSoFar) {}

    /** The date by which all items will be held at the current pace. */
    @Schema(name = "CoverageForecast")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Forecast(
            @Schema(description = "Items that are neither held nor excluded", examples = "25")
            int remaining,

            @Schema(description = "The number of days up to today that the pace is computed from", examples = "14")
            int paceDays,

            @Schema(description = "Items that became held in these days", examples = "7")
            int heldInPaceDays,

            @Schema(
                    description =
                            "today + ⌈remaining · paceDays / heldInPaceDays⌉ days; absent when there is not enough "
                                    + "data: fewer than 3 items in the pace days, or fewer than 3 such days",
                    examples = "2027-01-12")
            @Nullable
            LocalDate finishesOn,

            @Schema(description = "Whether that is within the campaign's window; absent without a forecast") @Nullable
            Boolean inTime,

            @Schema(examples = "At the pace of the last 14 days (7 items), the remaining 25 take 50 more days.")
            String detail) {}
}
