package org.lectern.bench.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.planning.search.Instance;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.search.Problem;
import org.lectern.scheduler.planning.search.Travel;
import org.lectern.scheduler.planning.search.Weights;

/**
 * An imagined city, equal for an equal seed: towns with branches around them, rooms open by kind and closed on 30 % of
 * days, lecturers with one or two of three topics, some half or whole days a week and weeks away, and bookings that
 * stand. Days run from 08:30 on in 25 starts of 30 minutes; a lecture takes 90 minutes, its buffers 15 each.
 */
public final class City {

    static final int STEP = 30;
    static final int STARTS = 25;
    static final int FIRST = 510;
    static final int LENGTH = 90;
    static final int BUFFER = 15;
    private static final int TOPICS = 3;
    private static final double KILOMETRES = 110;
    /** Lectern's estimate: 40 km/h, roads 1.3 times as long as the line. */
    private static final double MINUTES_PER_KILOMETRE = 1.3 * 60 / 40;

    private static final double KILOMETRES_PER_DEGREE = 111.195;

    /** A lecture that is booked already. */
    record Standing(int start, int location) {}

    private final String name;
    final int branches;
    final int lecturers;
    final int days;
    /** Locations: branches first, then homes, then where bookings take place. */
    final List<double[]> points = new ArrayList<>();

    final int[] topic;
    final boolean[] priority;
    final long[][] room;
    final boolean[][] able;
    final long[][] free;
    final int[] perDay;
    final int[] perWeek;
    final List<List<List<Standing>>> standing = new ArrayList<>();
    final Weights weights = new Weights(1, 60, 5, 0, 1000, 30, 0.5, 30, 120, 240, 30);
    private final Random random;
    private final List<int[]> shifts = new ArrayList<>();
    private @Nullable Travel travelTimes;

    public City(int branches, int lecturers, int weeks, long seed) {
        this.branches = branches;
        this.lecturers = lecturers;
        days = weeks * 7;
        name = "%,d × %d × %d weeks".formatted(branches, lecturers, weeks);
        random = new Random(seed * 7919 + branches);
        topic = new int[branches];
        priority = new boolean[branches];
        room = new long[branches][days];
        able = new boolean[lecturers][TOPICS];
        free = new long[lecturers][days];
        perDay = new int[lecturers];
        perWeek = new int[lecturers];
        double[][] towns = towns(Math.max(3, branches / 40));
        int holiday = random.nextInt(days);
        branches(towns, holiday);
        lecturers(towns, holiday, weeks);
        bookings(towns);
    }

    private double[][] towns(int count) {
        double[][] towns = new double[count][];
        for (int i = 0; i < count; i++) {
            towns[i] = new double[] {random.nextDouble() * KILOMETRES, random.nextDouble() * KILOMETRES};
        }
        return towns;
    }

    private int near(double[][] towns, double spread) {
        double[] town = towns[random.nextInt(towns.length)];
        points.add(new double[] {town[0] + random.nextGaussian() * spread, town[1] + random.nextGaussian() * spread});
        return points.size() - 1;
    }

    private static long starts(int from, int until) {
        long mask = 0;
        for (int start = 0; start < STARTS; start++) {
            int begins = FIRST + start * STEP;
            if (begins >= from && begins + LENGTH <= until) {
                mask |= 1L << start;
            }
        }
        return mask;
    }

    private void branches(double[][] towns, int holiday) {
        for (int branch = 0; branch < branches; branch++) {
            near(towns, 7);
            topic[branch] = random.nextInt(TOPICS);
            priority[branch] = random.nextInt(10) == 0;
            int kind = random.nextInt(4);
            for (int day = 0; day < days; day++) {
                int weekday = day % 7;
                boolean closed = weekday == 6 || day == holiday || random.nextInt(10) < 3;
                long open = switch (kind) {
                    case 0 -> starts(1080, 1260);
                    case 1 -> weekday < 5 ? starts(540, 1050) : 0;
                    case 2 -> starts(690, 840) | starts(1020, 1200);
                    default -> weekday >= 1 && weekday <= 3 ? starts(510, 1260) : 0;
                };
                room[branch][day] = closed ? 0 : open;
            }
        }
    }

    private void lecturers(double[][] towns, int holiday, int weeks) {
        for (int lecturer = 0; lecturer < lecturers; lecturer++) {
            near(towns, 5);
            able[lecturer][random.nextInt(TOPICS)] = true;
            able[lecturer][random.nextInt(TOPICS)] = true;
            perDay[lecturer] = 2 + random.nextInt(2);
            perWeek[lecturer] = 3 + random.nextInt(3);
            int workdays = 3 + random.nextInt(2);
            long[] week = new long[7];
            for (int i = 0; i < workdays; i++) {
                week[random.nextInt(6)] = switch (random.nextInt(3)) {
                    case 0 -> starts(510, 780);
                    case 1 -> starts(780, 1260);
                    default -> starts(510, 1260);
                };
            }
            int away = random.nextInt(3) == 0 ? random.nextInt(weeks) : -1;
            for (int day = 0; day < days; day++) {
                free[lecturer][day] = day / 7 == away || day == holiday ? 0 : week[day % 7];
            }
        }
    }

    private void bookings(double[][] towns) {
        for (int lecturer = 0; lecturer < lecturers; lecturer++) {
            List<List<Standing>> byDay = new ArrayList<>();
            int inWeek = 0;
            for (int day = 0; day < days; day++) {
                inWeek = day % 7 == 0 ? 0 : inWeek;
                List<Standing> booked = new ArrayList<>();
                if (free[lecturer][day] != 0 && random.nextInt(7) == 0 && inWeek < perWeek[lecturer]) {
                    int slot = Long.numberOfTrailingZeros(free[lecturer][day])
                            + random.nextInt(Long.bitCount(free[lecturer][day]));
                    booked.add(new Standing(day * 1440 + FIRST + slot * STEP, near(towns, 9)));
                    inWeek++;
                }
                byDay.add(booked);
            }
            standing.add(byDay);
        }
    }

    /** Shifts are numbered as in {@link #problem}: lecturer by lecturer, the days on which there is something. */
    private Instance.@Nullable Standing standing(Plan.@Nullable Placement each) {
        if (each == null) {
            return null;
        }
        int[] shift = shifts().get(each.shift());
        return new Instance.Standing(shift[0], shift[1], each.start(), each.place(), 1);
    }

    private List<int[]> shifts() {
        if (shifts.isEmpty()) {
            for (int lecturer = 0; lecturer < lecturers; lecturer++) {
                for (int day = 0; day < days; day++) {
                    if (free[lecturer][day] != 0
                            || !standing.get(lecturer).get(day).isEmpty()) {
                        shifts.add(new int[] {lecturer, day});
                    }
                }
            }
        }
        return shifts;
    }

    public String name() {
        return name;
    }

    int home(int lecturer) {
        return branches + lecturer;
    }

    int bookings() {
        return points.size() - branches - lecturers;
    }

    int minutes(int from, int to) {
        return ways().between(from, to);
    }

    private boolean isSmall() {
        return points.size() <= 2500;
    }

    /** By the formula of the database: the same minutes as there. */
    private Travel ways() {
        Travel known = travelTimes;
        if (known == null) {
            double[] latitude = new double[points.size()];
            double[] longitude = new double[points.size()];
            for (int i = 0; i < latitude.length; i++) {
                latitude[i] = latitude(i);
                longitude[i] = longitude(i);
            }
            Travel computed = Travel.greatCircle(latitude, longitude, MINUTES_PER_KILOMETRE, 2880);
            known = isSmall() ? Travel.matrix(points.size(), computed) : computed;
            travelTimes = known;
        }
        return known;
    }

    double latitude(int location) {
        return 30 + points.get(location)[1] / KILOMETRES_PER_DEGREE;
    }

    double longitude(int location) {
        return 104 + points.get(location)[0] / KILOMETRES_PER_DEGREE / Math.cos(Math.toRadians(30));
    }

    Problem problem() {
        return new Problem(instance(null));
    }

    /**
     * The city as the search sees it.
     *
     * @param booked what is booked and should stay, or null
     */
    public Instance instance(@Nullable Plan booked) {
        List<Instance.Visit> visits = new ArrayList<>();
        List<Instance.Place> places = new ArrayList<>();
        List<Instance.Branch> rooms = new ArrayList<>();
        for (int i = 0; i < branches; i++) {
            int branch = i;
            places.add(new Instance.Place(branch, Integer.MAX_VALUE, (day, shape) -> room[branch][day]));
            rooms.add(new Instance.Branch(branch, true, Instance.Starts.ALL));
            visits.add(new Instance.Visit(
                    branch,
                    topic[branch],
                    0,
                    List.of(new Instance.Option(branch, 0)),
                    priority[branch] ? 3 : 1,
                    1,
                    0,
                    -Instance.ALWAYS,
                    Instance.ALWAYS,
                    false,
                    standing(booked == null ? null : booked.of(branch))));
        }
        List<Instance.Lecturer> people = new ArrayList<>();
        List<Instance.Shift> routes = new ArrayList<>();
        for (int lecturer = 0; lecturer < lecturers; lecturer++) {
            int load = standing.get(lecturer).stream().mapToInt(List::size).sum();
            people.add(new Instance.Lecturer(home(lecturer), perWeek[lecturer], load, 0));
            for (int day = 0; day < days; day++) {
                List<Instance.Booked> stops = standing.get(lecturer).get(day).stream()
                        .map(each -> new Instance.Booked(each.start(), BUFFER, LENGTH + BUFFER, each.location(), 1))
                        .toList();
                if (free[lecturer][day] != 0 || !stops.isEmpty()) {
                    routes.add(new Instance.Shift(
                            lecturer,
                            day,
                            day / 7,
                            perDay[lecturer],
                            -Instance.ALWAYS,
                            Instance.ALWAYS,
                            List.of(free[lecturer][day]),
                            stops));
                }
            }
        }
        List<Integer> first = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            first.add(day * 1440 + FIRST);
        }
        double[] x = points.stream().mapToDouble(each -> each[0]).toArray();
        double[] y = points.stream().mapToDouble(each -> each[1]).toArray();
        Travel travel = isSmall() ? ways() : Travel.recent(20, ways());
        return new Instance(
                days,
                List.of(new Instance.Shape(LENGTH, BUFFER, BUFFER)),
                new Instance.Grid(first, STEP),
                visits,
                places,
                rooms,
                people,
                routes,
                TOPICS,
                (lecturer, skill) -> able[lecturer][skill],
                travel,
                new Instance.Positions(x, y),
                0,
                List.of(),
                new Instance.Joint(0, 0),
                weights);
    }
}
