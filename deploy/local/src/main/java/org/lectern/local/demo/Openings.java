package org.lectern.local.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lecturers, branches and venues that no booking needs on a day; whatever it gives is taken for that day. */
final class Openings {

    private final City city;
    private final Set<Taken> taken = new HashSet<>();
    private int next;

    private record Taken(LocalDate day, String id) {}

    /** A branch with a room of its own that is free on a day. */
    record Host(City.Branch branch, City.Venue room) {

        int headCount() {
            return Math.min(branch.headCount(), room.capacity());
        }
    }

    Openings(City city, List<PlannedBooking> planned) {
        this.city = city;
        for (PlannedBooking booking : planned) {
            LocalDate day = booking.start().toLocalDate();
            take(day, booking.lecturer().id());
            take(day, booking.branch().id());
            City.Venue venue = booking.venue();
            if (venue != null) {
                take(day, venue.id());
            }
            if (booking.fate() instanceof PlannedBooking.Reassigned reassigned) {
                take(day, reassigned.lecturer().id());
            }
        }
    }

    /** Returns whether it was free. */
    boolean take(LocalDate day, String id) {
        return taken.add(new Taken(day, id));
    }

    /** The first lecturer on the topic who is free on all of the days. */
    City.Lecturer lecturer(City.Topic topic, LocalDate... days) {
        return first(city.lecturers(), lecturer -> lecturer.topicIds().contains(topic.id()), City.Lecturer::id, days);
    }

    /** A branch that hosts in its own room; each call continues where the last one ended, so that branches vary. */
    Host host(LocalDate... days) {
        List<Host> hosts = new ArrayList<>();
        for (City.Venue room : city.venues()) {
            City.Branch owner = owner(room);
            if (owner != null && BookingPlan.HOSTS.contains(owner.kind())) {
                hosts.add(new Host(owner, room));
            }
        }
        for (int i = 0; i < hosts.size(); i++) {
            Host host = hosts.get(next++ % hosts.size());
            if (isFree(host.branch().id(), days) && isFree(host.room().id(), days)) {
                for (LocalDate day : days) {
                    take(day, host.branch().id());
                    take(day, host.room().id());
                }
                return host;
            }
        }
        throw new IllegalStateException("No branch with a room is free on " + List.of(days));
    }

    /** A public hall. */
    City.Venue hall(LocalDate... days) {
        return first(city.venues(), venue -> venue.branchId() == null, City.Venue::id, days);
    }

    City.Branch branch(Predicate<City.Branch> wanted, LocalDate... days) {
        return first(city.branches(), wanted, City.Branch::id, days);
    }

    private City.@Nullable Branch owner(City.Venue room) {
        return city.branches().stream()
                .filter(branch -> branch.id().equals(room.branchId()))
                .findFirst()
                .orElse(null);
    }

    private boolean isFree(String id, LocalDate... days) {
        for (LocalDate day : days) {
            if (taken.contains(new Taken(day, id))) {
                return false;
            }
        }
        return true;
    }

    private <T> T first(List<T> all, Predicate<T> wanted, Function<T, String> id, LocalDate... days) {
        for (T each : all) {
            if (wanted.test(each) && isFree(id.apply(each), days)) {
                for (LocalDate day : days) {
                    take(day, id.apply(each));
                }
                return each;
            }
        }
        throw new IllegalStateException("Nothing is free on " + List.of(days));
    }
}
