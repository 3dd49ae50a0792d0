package org.lectern.local.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestGeneratorTest {

    private static final int REQUESTS = 300;

    private static Plan plan(long seed, String operation) {
        RequestGenerator generator = TinyDocument.generator(seed);
        Plan plan = new Plan();
        plan.add(generator, new ProtocolCases("tiny", generator.writingPath()), operation);
        return plan;
    }

    private static List<String> sent(Plan plan, int requests) {
        return IntStream.range(0, requests)
                .mapToObj(plan::request)
                .map(each -> each.name() + " "
                        + new String(each.octets("localhost", "t", "\"1\""), StandardCharsets.ISO_8859_1))
                .toList();
    }

    @Test
    void sameSeed_makesTheSameRequests() {
        assertEquals(sent(plan(7, ""), REQUESTS), sent(plan(7, ""), REQUESTS));
    }

    @Test
    void otherSeed_makesOtherRequests() {
        assertNotEquals(sent(plan(7, ""), REQUESTS), sent(plan(8, ""), REQUESTS));
    }

    @Test
    void narrowedRun_repeatsTheRequestsOfTheOperation() {
        Set<String> all = new HashSet<>(sent(plan(7, ""), REQUESTS));

        assertTrue(all.containsAll(sent(plan(7, "createThing"), 20)));
        assertTrue(all.containsAll(sent(plan(7, "protocol"), 20)));
    }

    @Test
    void unknownOperation_givesAnEmptyPlan() {
        assertTrue(plan(7, "noSuchOperation").isEmpty());
    }

    @Test
    void requestOfAChange_readsTheCurrentEtag() {
        RequestGenerator generator = TinyDocument.generator(7);
        Operation change = TinyDocument.operation("changeThing");

        long withEtag = IntStream.range(0, 50)
                .mapToObj(number -> generator.request(change, number))
                .filter(each -> each.etagFrom() != null)
                .peek(each -> assertTrue(String.valueOf(each.etagFrom()).startsWith("/api/v1/things/")))
                .count();

        assertTrue(withEtag > 30, "with ETag: " + withEtag);
    }

    @Test
    void mostRequests_haveOneHostilePartAndSomeNone() {
        RequestGenerator generator = TinyDocument.generator(7);
        Operation create = TinyDocument.operation("createThing");
        List<Integer> parts = IntStream.range(0, 200)
                .mapToObj(number -> generator.request(create, number).hostile().size())
                .toList();

        assertTrue(parts.stream().filter(count -> count == 0).count() > 5, parts.toString());
        assertTrue(parts.stream().filter(count -> count == 1).count() > 100, parts.toString());
    }

    @Test
    void requestText_isBoundedAndHasNoToken() {
        RequestGenerator generator = TinyDocument.generator(7);
        for (int number = 0; number < 200; number++) {
            FuzzRequest request = generator.request(TinyDocument.operation("createThing"), number);
            String text = RequestText.of(request, "http://localhost:8080", "");

            assertTrue(text.startsWith("curl "), text);
            assertTrue(text.length() < 1_600, text);
            assertFalse(text.contains(FuzzRequest.TOKEN), text);
        }
    }
}
