package org.lectern.bench.planning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A proven lower bound of the cost of a city's best plan: Lagrangian relaxation of "each branch is visited" (Held, Karp
 * 1971), subgradient ascent with Polyak's step. For given prices of the branches, the rest falls apart into lecturers,
 * each solved exactly: sets of at most three visits a day, limits a day and week, even share. At best as good as the
 * linear relaxation by columns. Independent of the search.
 */
public final class LowerBound {

    private final City city;
    private final int iterations;
    private final double[] price;
    /** Per lecturer and day: feasible sets of visits with what the day costs more with them. */
    private final List<List<Day>> days = new ArrayList<>();

    private double constant;
    private int columns;

    /** @param visits the sets, {@code WIDTH} numbers each, −1 where there is none */
    private record Day(int week, int most, int[] visits, double[] costs) {}

    private static final int WIDTH = 3;

    private LowerBound(City city, int iterations) {
        this.city = city;
        this.iterations = iterations;
        price = new double[city.branches];
    }

    /** The bound, and how many sets of visits it chose from. */
    public record Found(double minutes, int columns) {}

    /**
     * The bound of a city.
     *
     * @param upper the cost of a known plan in minutes; steers the steps only
     */
    public static Found of(City city, double upper, int iterations) {
        LowerBound bound = new LowerBound(city, iterations);
        bound.enumerate();
        return new Found(bound.ascend(upper), bound.columns);
    }

    private void enumerate() {
        for (int lecturer = 0; lecturer < city.lecturers; lecturer++) {
            List<Day> own = new ArrayList<>();
            int load = 0;
            for (int day = 0; day < city.days; day++) {
                List<City.Standing> booked = city.standing.get(lecturer).get(day);
                load += booked.size();
                int most = Math.min(WIDTH, city.perDay[lecturer] - booked.size());
                double base = journey(lecturer, booked);
                constant += base;
                if (city.free[lecturer][day] != 0 && most > 0) {
                    own.add(columns(lecturer, day, most, booked, base));
                }
            }
            constant += city.weights.load() * load * load;
            days.add(own);
        }
    }

    private double journey(int lecturer, List<City.Standing> booked) {
        int here = city.home(lecturer);
        double total = 0;
        for (City.Standing each : booked) {
            total += city.minutes(here, each.location());
            here = each.location();
        }
        return total + city.minutes(here, city.home(lecturer));
    }

    private Day columns(int lecturer, int day, int most, List<City.Standing> booked, double base) {
        List<Integer> able = new ArrayList<>();
        for (int branch = 0; branch < city.branches; branch++) {
            if (city.able[lecturer][city.topic[branch]] && (city.free[lecturer][day] & city.room[branch][day]) != 0) {
                able.add(branch);
            }
        }
        Map<Long, Double> sets = new HashMap<>();
        extend(lecturer, day, most, booked, able, new int[WIDTH], 0, 0, city.home(lecturer), -1, 0, sets);
        int[] visits = new int[sets.size() * WIDTH];
        double[] costs = new double[sets.size()];
        int at = 0;
        for (Map.Entry<Long, Double> each : sets.entrySet()) {
            for (int i = 0; i < WIDTH; i++) {
                visits[at * WIDTH + i] = (int) (each.getKey() >>> (20 * i) & 0xFFFFF) - 1;
            }
            costs[at++] = each.getValue() - base + (booked.isEmpty() ? city.weights.day() : 0);
        }
        columns += at;
        return new Day(day / 7, most, visits, costs);
    }

    /** Depth first over all orders; a booking is passed when its time has come. */
    private void extend(
            int lecturer,
            int day,
            int most,
            List<City.Standing> booked,
            List<Integer> able,
            int[] chosen,
            int count,
            int passed,
            int here,
            int free,
            double travelled,
            Map<Long, Double> sets) {
        if (passed < booked.size()) {
            City.Standing next = booked.get(passed);
            int way = city.minutes(here, next.location());
            if (free < 0 || here == city.home(lecturer) || free + way + City.BUFFER <= next.start()) {
                int until = next.start() + City.LENGTH + City.BUFFER;
                extend(
                        lecturer,
                        day,
                        most,
                        booked,
                        able,
                        chosen,
                        count,
                        passed + 1,
                        next.location(),
                        until,
                        travelled + way,
                        sets);
            }
        } else if (count > 0) {
            int[] sorted = Arrays.copyOf(chosen, count);
            Arrays.sort(sorted);
            long key = 0;
            for (int i = 0; i < count; i++) {
                key |= (long) (sorted[i] + 1) << (20 * i);
            }
            sets.merge(key, travelled + city.minutes(here, city.home(lecturer)), Math::min);
        }
        if (count == most) {
            return;
        }
        int first = day * 1440 + City.FIRST;
        for (int branch : able) {
            boolean twice = false;
            for (int i = 0; i < count; i++) {
                twice |= chosen[i] == branch;
            }
            if (twice) {
                continue;
            }
            int way = city.minutes(here, branch);
            int earliest = free < 0 ? first : free + way + City.BUFFER;
            int slot = Math.max(0, Math.ceilDiv(earliest - first, City.STEP));
            long starts = slot > 63 ? 0 : (city.free[lecturer][day] & city.room[branch][day]) >>> slot;
            if (starts == 0) {
                continue;
            }
            int start = first + City.STEP * (slot + Long.numberOfTrailingZeros(starts));
            chosen[count] = branch;
            extend(
                    lecturer,
                    day,
                    most,
                    booked,
                    able,
                    chosen,
                    count + 1,
                    passed,
                    branch,
                    start + City.LENGTH + City.BUFFER,
                    travelled + way,
                    sets);
        }
    }

    private double penalty(int branch) {
        return city.weights.leftOut() * (city.priority[branch] ? 3 : 1);
    }

    private double ascend(double upper) {
        double best = 0;
        double scale = 1.2;
        int stuck = 0;
        Arrays.fill(price, Math.min(0.8 * (upper - constant) / city.branches, city.weights.leftOut()));
        for (int i = 0; i < iterations; i++) {
            int[] visited = new int[city.branches];
            double bound = constant + Arrays.stream(price).sum();
            for (int lecturer = 0; lecturer < city.lecturers; lecturer++) {
                bound += new Week(lecturer, visited).best();
            }
            if (bound > best + 0.01) {
                stuck = 0;
                best = bound;
            } else if (++stuck == 10) {
                stuck = 0;
                scale *= 0.7;
            }
            double norm = 0;
            for (int each : visited) {
                norm += (1 - each) * (1 - each);
            }
            if (norm == 0) {
                break;
            }
            double step = scale * Math.max(1, upper - bound) / norm;
            for (int branch = 0; branch < city.branches; branch++) {
                price[branch] = Math.clamp(price[branch] + step * (1 - visited[branch]), 0, penalty(branch));
            }
        }
        return best;
    }

    /** The best choice of one lecturer at the current prices: by days, then weeks, then the even share. */
    private final class Week {

        private final int lecturer;
        private final int[] visited;
        private final List<Day> own;
        private final double[][] least;
        private final int[][] which;

        Week(int lecturer, int[] visited) {
            this.lecturer = lecturer;
            this.visited = visited;
            own = days.get(lecturer);
            least = new double[own.size()][WIDTH + 1];
            which = new int[own.size()][WIDTH + 1];
        }

        double best() {
            int load = 0;
            for (List<City.Standing> each : city.standing.get(lecturer)) {
                load += each.size();
            }
            int weeks = city.days / 7;
            int[] left = new int[weeks];
            for (int week = 0; week < weeks; week++) {
                left[week] = city.perWeek[lecturer];
                for (int day = 0; day < 7; day++) {
                    left[week] -=
                            city.standing.get(lecturer).get(week * 7 + day).size();
                }
            }
            for (int i = 0; i < own.size(); i++) {
                reduce(i);
            }
            int most = own.size() * WIDTH;
            double[] total = new double[most + 1];
            Arrays.fill(total, Double.POSITIVE_INFINITY);
            total[0] = 0;
            List<int[]> weekChoices = new ArrayList<>();
            List<int[][]> dayChoices = new ArrayList<>();
            for (int week = 0; week < weeks; week++) {
                int limit = Math.max(0, left[week]);
                int[][] daysOfWeek = new int[own.size()][limit + 1];
                double[] sums = week(week, limit, daysOfWeek);
                int[] choice = new int[most + 1];
                double[] after = new double[most + 1];
                Arrays.fill(after, Double.POSITIVE_INFINITY);
                for (int had = 0; had <= most; had++) {
                    for (int more = 0; more <= limit && had + more <= most; more++) {
                        double cost = total[had] + sums[more];
                        if (cost < after[had + more]) {
                            after[had + more] = cost;
                            choice[had + more] = more;
                        }
                    }
                }
                total = after;
                weekChoices.add(choice);
                dayChoices.add(daysOfWeek);
            }
            int best = 0;
            double least = total[0];
            for (int count = 1; count <= most; count++) {
                double share = city.weights.load() * ((double) (load + count) * (load + count) - (double) load * load);
                if (total[count] + share < least - 1e-12) {
                    least = total[count] + share;
                    best = count;
                }
            }
            mark(best, weekChoices, dayChoices);
            return least;
        }

        private void reduce(int index) {
            Day day = own.get(index);
            Arrays.fill(least[index], Double.POSITIVE_INFINITY);
            least[index][0] = 0;
            for (int column = 0; column < day.costs().length; column++) {
                double cost = day.costs()[column];
                int count = 0;
                for (int i = column * WIDTH; i < (column + 1) * WIDTH && day.visits()[i] >= 0; i++) {
                    cost -= price[day.visits()[i]];
                    count++;
                }
                if (cost < least[index][count]) {
                    least[index][count] = cost;
                    which[index][count] = column;
                }
            }
        }

        /** The least sum for each number of lectures in a week. */
        private double[] week(int week, int limit, int[][] choices) {
            double[] sums = new double[limit + 1];
            Arrays.fill(sums, Double.POSITIVE_INFINITY);
            sums[0] = 0;
            for (int i = 0; i < own.size(); i++) {
                if (own.get(i).week() == week) {
                    double[] after = new double[limit + 1];
                    Arrays.fill(after, Double.POSITIVE_INFINITY);
                    for (int had = 0; had <= limit; had++) {
                        for (int more = 0; more <= WIDTH && had + more <= limit; more++) {
                            if (sums[had] + least[i][more] < after[had + more]) {
                                after[had + more] = sums[had] + least[i][more];
                                choices[i][had + more] = more;
                            }
                        }
                    }
                    sums = after;
                }
            }
            return sums;
        }

        private void mark(int count, List<int[]> weekChoices, List<int[][]> dayChoices) {
            int left = count;
            for (int week = weekChoices.size() - 1; week >= 0; week--) {
                int inWeek = weekChoices.get(week)[left];
                left -= inWeek;
                for (int i = own.size() - 1; i >= 0; i--) {
                    if (own.get(i).week() == week) {
                        int onDay = dayChoices.get(week)[i][inWeek];
                        inWeek -= onDay;
                        int at = which[i][onDay] * WIDTH;
                        for (int visit = 0; visit < onDay; visit++) {
                            visited[own.get(i).visits()[at + visit]]++;
                        }
                    }
                }
            }
        }
    }
}
