package org.lectern.bench.peers;

import ai.timefold.solver.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintCollectors;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.solver.SolverConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lectern.scheduler.planning.search.Cost;
import org.lectern.scheduler.planning.search.Instance;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.search.Weights;

/** Timefold Community with its default phases, on the same instances with the same costs. */
final class Timefold {

    private static final int SECONDS = 60;

    private Timefold() {}

    /** Visits have one place each, and no guests. */
    static Plan plan(Instance instance, Duration time) {
        List<Lecture> lectures = new ArrayList<>();
        for (int i = 0; i < instance.visits().size(); i++) {
            lectures.add(new Lecture(i, instance.visits().get(i)));
        }
        List<Tour> tours = new ArrayList<>();
        for (int i = 0; i < instance.shifts().size(); i++) {
            tours.add(new Tour(i, instance));
        }
        Rules.instance = instance;
        SolverFactory<Itinerary> factory = SolverFactory.create(new SolverConfig()
                .withSolutionClass(Itinerary.class)
                .withEntityClasses(Tour.class, Lecture.class)
                .withConstraintProviderClass(Rules.class)
                .withTerminationSpentLimit(time));
        Itinerary best = factory.buildSolver().solve(new Itinerary(lectures, tours));
        HardMediumSoftLongScore score = best.score();
        if (score == null || score.hardScore() < 0) {
            System.out.println("Timefold's plan breaks rules: " + score);
        }
        List<Plan.Placement> placed = new ArrayList<>();
        for (Tour tour : best.tours()) {
            List<Integer> starts = tour.starts();
            for (int i = 0; i < starts.size(); i++) {
                Lecture each = tour.lectures().get(i);
                placed.add(new Plan.Placement(
                        each.number(), tour.number(), each.place(), starts.get(i), Plan.NONE, false));
            }
        }
        return new Plan(lectures.size(), placed, Cost.NONE);
    }

    /** The constraints; one run at a time, because Timefold makes them without arguments. */
    public static final class Rules implements ConstraintProvider {

        private static Instance instance = new Instance(
                0,
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                (lecturer, skill) -> false,
                (from, to) -> 0,
                null,
                0,
                List.of(),
                new Instance.Joint(0, 0),
                Weights.USUAL);

        @Override
        public Constraint[] defineConstraints(ConstraintFactory factory) {
            Instance given = instance;
            int[][] booked = new int[given.lecturers().size()][];
            for (int i = 0; i < booked.length; i++) {
                booked[i] = new int[given.days() / 7 + 2];
            }
            given.shifts()
                    .forEach(shift -> booked[shift.lecturer()][shift.week()] +=
                            shift.booked().size());
            return new Constraint[] {
                factory.forEach(Tour.class)
                        .penalizeLong(HardMediumSoftLongScore.ONE_HARD, Tour::broken)
                        .asConstraint("day"),
                factory.forEach(Lecture.class)
                        .groupBy(Lecture::lecturer, Lecture::week, ConstraintCollectors.count())
                        .penalizeLong(
                                HardMediumSoftLongScore.ONE_HARD,
                                (lecturer, week, count) -> Math.max(
                                        0,
                                        (long) count
                                                + booked[lecturer][week]
                                                - given.lecturers()
                                                        .get(lecturer)
                                                        .weekLimit()))
                        .asConstraint("week"),
                factory.forEachIncludingUnassigned(Lecture.class)
                        .filter(each -> each.tour() == null)
                        .penalizeLong(
                                HardMediumSoftLongScore.ONE_MEDIUM,
                                each -> Math.round(
                                        given.weights().leftOut() * each.visit().importance() * SECONDS))
                        .asConstraint("left out"),
                factory.forEach(Tour.class)
                        .penalizeLong(
                                HardMediumSoftLongScore.ONE_SOFT,
                                tour -> Math.round(given.weights().travel() * SECONDS) * tour.travel())
                        .asConstraint("travel"),
                factory.forEach(Tour.class)
                        .filter(Tour::isNewDay)
                        .penalizeLong(
                                HardMediumSoftLongScore.ONE_SOFT,
                                tour -> Math.round(given.weights().day() * SECONDS))
                        .asConstraint("days"),
                factory.forEach(Lecture.class)
                        .groupBy(Lecture::lecturer, ConstraintCollectors.count())
                        .penalizeLong(HardMediumSoftLongScore.ONE_SOFT, (lecturer, count) -> {
                            long load = given.lecturers().get(lecturer).load();
                            return Math.round(
                                    given.weights().load() * SECONDS * ((load + count) * (load + count) - load * load));
                        })
                        .asConstraint("even share"),
            };
        }
    }
}
