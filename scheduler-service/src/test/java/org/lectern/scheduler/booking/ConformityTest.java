package org.lectern.scheduler.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.day;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.booking.Bookings.Criteria;
import org.lectern.scheduler.support.Acquisitions;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;
import org.lectern.scheduler.support.Lectures;

/** Bookings that no longer fit are found by reads for all of them, not by reads for each. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class ConformityTest {

    @Inject
    Conformity conformity;

    @Inject
    City city;

    @Inject
    Acquisitions acquisitions;

    @Test
    @ActivateRequestContext
    void list_takesTheSameReadsForMoreBookings() {
        LocalDate day = day(171);
        Criteria thatDay = Criteria.of(Optional.empty())
                .within(
                        day.atStartOfDay(Lectures.SHANGHAI).toInstant(),
                        day.plusDays(1).atStartOfDay(Lectures.SHANGHAI).toInstant());
        List<List<BookingView>> found = new ArrayList<>();
        Cast cast = city.cast();
        book(cast, day, 9);
        close(cast);
        int forOne = acquisitions.during(() -> found.add(conformity.list(thatDay, Set.of(), false, null, 200)));
        for (int i = 0; i < 8; i++) {
            Cast another = city.cast();
            book(another, day, 9);
            book(another, day, 14);
            close(another);
        }

        int forMany = acquisitions.during(() -> found.add(conformity.list(thatDay, Set.of(), false, null, 200)));

        assertThat(found).extracting(List::size).containsExactly(1, 17);
        assertThat(forMany).isEqualTo(forOne).isPositive();
    }

    private void close(Cast cast) {
        city.run("UPDATE lecturer SET archived = true WHERE id = ?", cast.lecturer());
    }
}
