package org.lectern.scheduler.campaign.coverage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.campaign.CampaignView;

/** The distribution of a campaign's lectures over lecturers. */
@ApplicationScoped
public class LecturerLoad {

    private final Sql sql;

    @Inject
    LecturerLoad(Sql sql) {
        this.sql = sql;
    }

    /** The load of all lecturers. */
    @Schema(name = "CampaignLoad")
    public record Load(
            @Schema(description = "The number of lectures per lecturer in an even distribution", examples = "3.5")
            double mean,

            @Schema(description = "Jain's index: (Σx)² / (n · Σx²); 1 while there are no lectures", examples = "0.87")
            double balance,

            List<OfLecturer> items) {}

    /** The load of one lecturer, the highest first. */
    @Schema(name = "CampaignLoadOfLecturer")
    public record OfLecturer(
            LecturerRef lecturer,

            @Schema(description = "Held and upcoming lectures", examples = "5")
            int lectures,

            @Schema(description = "Held lectures", examples = "2")
            int held,

            @Schema(examples = "450") int minutes,

            @Schema(description = "Lectures more than the mean; less when negative", examples = "1.5")
            double aboveMean) {}

    private record Row(LecturerRef lecturer, int lectures, int held, int minutes) {}

    public Load of(CampaignView campaign) {
        List<Row> rows = sql.list(
                """
                WITH carried AS (
                    SELECT lecturer_id, count(*) AS lectures, count(*) FILTER (WHERE status = 'COMPLETED') AS held,
                           cast(sum(extract(epoch FROM ends_at - starts_at)) / 60 AS integer) AS minutes
                    FROM booking WHERE campaign_id = ? AND occupies(status) AND is_announced(status)
                    GROUP BY lecturer_id)
                SELECT l.id, l.code, l.name, l.tier, coalesce(c.lectures, 0) AS lectures, coalesce(c.held, 0) AS held,
                       coalesce(c.minutes, 0) AS minutes
                FROM lecturer l LEFT JOIN carried c ON c.lecturer_id = l.id
                WHERE c.lecturer_id IS NOT NULL
                   OR NOT l.archived AND (cardinality(cast(? AS text[])) = 0 OR l.tier = ANY (?))
                      AND EXISTS (SELECT FROM lecturer_topic t JOIN campaign_topic ct ON ct.topic_id = t.topic_id
                                  WHERE t.lecturer_id = l.id AND ct.campaign_id = ?)
                ORDER BY lectures DESC, l.code""",
                row -> new Row(
                        new LecturerRef(row.id("id"), row.text("code"), row.text("name"), row.text("tier")),
                        row.number("lectures"),
                        row.number("held"),
                        row.number("minutes")),
                campaign.id(),
                campaign.tiers(),
                campaign.tiers(),
                campaign.id());
        double sum = rows.stream().mapToInt(Row::lectures).sum();
        double squares = rows.stream()
                .mapToDouble(row -> (double) row.lectures() * row.lectures())
                .sum();
        double mean = rows.isEmpty() ? 0 : sum / rows.size();
        return new Load(
                rounded(mean),
                squares == 0 ? 1 : rounded(sum * sum / (rows.size() * squares)),
                rows.stream()
                        .map(row -> new OfLecturer(
                                row.lecturer(),
                                row.lectures(),
                                row.held(),
                                row.minutes(),
                                rounded(row.lectures() - mean)))
                        .toList());
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
