package org.lectern.bench.planning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lectern.scheduler.planning.search.Instance;
import org.lectern.scheduler.planning.search.Instance.Branch;
import org.lectern.scheduler.planning.search.Instance.Joint;
import org.lectern.scheduler.planning.search.Instance.Lecturer;
import org.lectern.scheduler.planning.search.Instance.Option;
import org.lectern.scheduler.planning.search.Instance.Place;
import org.lectern.scheduler.planning.search.Instance.Positions;
import org.lectern.scheduler.planning.search.Instance.Shape;
import org.lectern.scheduler.planning.search.Instance.Shift;
import org.lectern.scheduler.planning.search.Instance.Starts;
import org.lectern.scheduler.planning.search.Instance.Visit;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.search.Problem;
import org.lectern.scheduler.planning.search.Settings;
import org.lectern.scheduler.planning.search.Travel;
import org.lectern.scheduler.planning.search.Weights;

/**
 * A vehicle routing instance with time windows in Solomon's text format, as the search sees it: a vehicle is a shift, a
 * customer a visit with a window. Times and distances are counted in ten-thousandths, travel rounded up.
 *
 * @param depotAndCustomers the depot first
 */
public record Solomon(String name, int vehicles, int capacity, List<Customer> depotAndCustomers) {

    public static final int SCALE = 10_000;

    /** A customer, or the depot. */
    public record Customer(double x, double y, int demand, int ready, int due, int service) {}

    public static Solomon read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        List<Customer> customers = new ArrayList<>();
        int vehicles = 0;
        int capacity = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split("\\s+");
            if (!words[0].matches("\\d+")) {
                continue;
            }
            if (words.length == 2) {
                vehicles = Integer.parseInt(words[0]);
                capacity = Integer.parseInt(words[1]);
            } else {
                customers.add(new Customer(
                        Double.parseDouble(words[1]),
                        Double.parseDouble(words[2]),
                        (int) Double.parseDouble(words[3]),
                        (int) Double.parseDouble(words[4]),
                        (int) Double.parseDouble(words[5]),
                        (int) Double.parseDouble(words[6])));
            }
        }
        if (vehicles == 0 || customers.size() < 2) {
            throw new IOException(file + " is not in Solomon's format: no vehicles or no customers");
        }
        return new Solomon(lines.getFirst(), vehicles, capacity, customers);
    }

    private double distance(int from, int to) {
        Customer one = depotAndCustomers.get(from);
        Customer other = depotAndCustomers.get(to);
        return Math.hypot(one.x() - other.x(), one.y() - other.y());
    }

    Problem problem() {
        return new Problem(instance());
    }

    public Instance instance() {
        int locations = depotAndCustomers.size();
        Customer depot = depotAndCustomers.getFirst();
        List<Shape> shapes = new ArrayList<>();
        List<Integer> services =
                depotAndCustomers.stream().map(Customer::service).distinct().toList();
        services.forEach(service -> shapes.add(new Shape(service * SCALE, 0, 0)));
        List<Visit> visits = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        List<Branch> branches = new ArrayList<>();
        for (int i = 1; i < locations; i++) {
            Customer each = depotAndCustomers.get(i);
            places.add(new Place(i, Integer.MAX_VALUE, Starts.ALL));
            branches.add(new Branch(i, true, Starts.ALL));
            visits.add(new Visit(
                    i - 1,
                    0,
                    services.indexOf(each.service()),
                    List.of(new Option(i - 1, 0)),
                    1,
                    each.demand(),
                    0,
                    each.ready() * SCALE,
                    each.due() * SCALE,
                    false,
                    null));
        }
        List<Lecturer> drivers = new ArrayList<>();
        List<Shift> shifts = new ArrayList<>();
        List<Long> any = shapes.stream().map(each -> Instance.EVERY_START).toList();
        for (int i = 0; i < vehicles; i++) {
            drivers.add(new Lecturer(0, Instance.ALWAYS, 0, 0));
            shifts.add(new Shift(i, 0, 0, capacity, depot.ready() * SCALE, depot.due() * SCALE, any, List.of()));
        }
        Travel travel = Travel.matrix(locations, (from, to) -> (int) Math.ceil(distance(from, to) * SCALE - 1e-6));
        double[] x = depotAndCustomers.stream().mapToDouble(Customer::x).toArray();
        double[] y = depotAndCustomers.stream().mapToDouble(Customer::y).toArray();
        return new Instance(
                1,
                shapes,
                null,
                visits,
                places,
                branches,
                drivers,
                shifts,
                1,
                (driver, skill) -> true,
                travel,
                new Positions(x, y),
                0,
                List.of(),
                new Joint(0, 0),
                Weights.distance(100_000));
    }

    /** Hot enough to leave a route, in the unit of the distances. */
    public static Settings settings() {
        return new Settings(10.0 * SCALE, 0.05 * SCALE, 10, 10, 0.01);
    }

    /** The length of a plan's routes by the coordinates, checked against windows and capacity by real numbers. */
    public double length(Plan plan) {
        double total = 0;
        for (int vehicle = 0; vehicle < vehicles; vehicle++) {
            int of = vehicle;
            List<Integer> tour = plan.placed().stream()
                    .filter(each -> each.shift() == of)
                    .sorted((one, other) -> Integer.compare(one.start(), other.start()))
                    .map(each -> each.visit() + 1)
                    .toList();
            double time = depotAndCustomers.getFirst().ready();
            int load = 0;
            int here = 0;
            for (int next : tour) {
                Customer customer = depotAndCustomers.get(next);
                total += distance(here, next);
                time = Math.max(time + distance(here, next), customer.ready());
                load += customer.demand();
                if (time > customer.due() + 1e-6 || load > capacity) {
                    throw new IllegalStateException(name + ": the plan breaks a window or the capacity at " + next);
                }
                time += customer.service();
                here = next;
            }
            total += distance(here, 0);
            if (time + distance(here, 0) > depotAndCustomers.getFirst().due() + 1e-6) {
                throw new IllegalStateException(name + ": the plan comes back too late");
            }
        }
        return total;
    }
}
