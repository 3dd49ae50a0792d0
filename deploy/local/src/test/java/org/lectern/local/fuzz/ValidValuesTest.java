package org.lectern.local.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schema walk creates bodies that the schema permits, and finds every position in them. */
class ValidValuesTest {

    private final Operation create = TinyDocument.operation("createThing");

    private ValidValues.Tree drawn(int number) {
        var values = new ValidValues(TinyDocument.document(), TinyDocument.ids(), TinyDocument.DAY);
        return values.body(create.bodies().get("application/json").schema(), Draw.of(1, "createThing", number));
    }

    @Test
    void drawnBody_hasEveryRequiredMember() {
        for (int number = 0; number < 50; number++) {
            JsonNode body = drawn(number).root();

            for (String member : List.of("code", "count", "ownerId", "colour", "shape", "start", "parts")) {
                assertTrue(body.has(member), member);
            }
        }
    }

    @Test
    void drawnValues_keepBoundsEnumsAndSizes() {
        for (int number = 0; number < 50; number++) {
            JsonNode body = drawn(number).root();

            assertTrue(body.path("count").asInt() >= 5 && body.path("count").asInt() <= 7, body.toString());
            assertTrue(List.of("RED", "GREEN").contains(body.path("colour").asText()), body.toString());
            assertEquals(2, body.path("parts").size());
        }
    }

    @Test
    void alternative_namesItsTypeByTheDiscriminator() {
        assertEquals("circle", drawn(0).root().path("shape").path("type").asText());
        assertTrue(drawn(0).root().path("shape").path("radius").isIntegralNumber());
    }

    @Test
    void drawnMoment_isInTheWeeksAfterTheDay() {
        OffsetDateTime start =
                OffsetDateTime.parse(drawn(0).root().path("start").asText());

        assertTrue(!start.toLocalDate().isBefore(TinyDocument.DAY), start.toString());
        assertTrue(start.toLocalDate().isBefore(TinyDocument.DAY.plusDays(90)), start.toString());
    }

    @Test
    void reference_isMostlyAKnownId() {
        long known = 0;
        for (int number = 0; number < 50; number++) {
            String owner = drawn(number).root().path("ownerId").asText();
            known += owner.equals("22222222-2222-4222-8222-222222222222") ? 1 : 0;
        }
        assertTrue(known > 35 && known < 50, "known ids: " + known);
    }

    @Test
    void walk_givesEveryPlaceOfTheBody() {
        List<String> places =
                drawn(0).slots().stream().map(ValidValues.Slot::pointer).toList();

        assertTrue(
                places.containsAll(List.of("/code", "/shape", "/shape/radius", "/parts", "/parts/0", "/parts/1")),
                places.toString());
    }

    @Test
    void listOperation_isRecognisedByItsItems() {
        assertTrue(TinyDocument.operation("listThings").lists());
        assertTrue(!TinyDocument.operation("getThing").lists());
    }
}
