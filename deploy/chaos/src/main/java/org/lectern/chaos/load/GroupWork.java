package org.lectern.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.load.Call.Kind;
import org.lectern.chaos.load.Caller.Answer;
import org.lectern.chaos.load.Caller.Change;

/** Changes of several bookings at once: substitutes for a lecturer, and branches that hand over to another. */
final class GroupWork {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ILL_DAYS = 2;

    private final Caller caller;
    private final City city;

    GroupWork(Caller caller, City city) {
        this.caller = caller;
        this.city = city;
    }

    /** Previews who takes the lectures of an ill lecturer, and applies that; null if there is no substitute. */
    @Nullable
    Answer substitute(Random random, String token) throws InterruptedException {
        ObjectNode preview = JSON.createObjectNode();
        LocalDate day = LocalDate.now(Draws.ZONE).plusDays(Draws.FIRST_DAY + random.nextInt(Draws.DAYS));
        preview.putObject("selection")
                .put("lecturerId", Draws.any(random, city.lecturers()))
                .put("from", begin(day))
                .put("to", begin(day.plusDays(ILL_DAYS)));
        preview.putObject("action").put("type", "substitute");
        JsonNode shown = caller.ask("/bookings/bulk/preview?limit=200", preview);
        if (shown == null) {
            return null;
        }
        List<String> planned = new ArrayList<>();
        for (JsonNode item : shown.path("items")) {
            if (item.path("change").path("outcome").asText().equals("CHANGES")) {
                planned.add(item.path("change").path("before").path("id").asText());
            }
        }
        if (planned.isEmpty()) {
            return null;
        }
        ObjectNode body = JSON.createObjectNode()
                .put("previewToken", shown.path("previewToken").asText())
                .put("reason", token)
                .put("reasonCode", "lecturer-ill");
        return caller.send(new Change(token, Kind.SUBSTITUTE, "POST", "/bookings/bulk", body, null, null, planned));
    }

    /** Hands over the last lectures and all requests of a branch, without those lectures that cannot move. */
    @Nullable
    Answer transfer(Random random, String token) throws InterruptedException {
        String from = Draws.any(random, city.branches());
        String to = Draws.any(random, city.branches());
        if (to.equals(from)) {
            return null;
        }
        LocalDate day = LocalDate.now(Draws.ZONE).plusDays(Draws.FIRST_DAY + Draws.DAYS - 1L - random.nextInt(3));
        ObjectNode body = JSON.createObjectNode()
                .put("toBranchId", to)
                .put("from", begin(day))
                .put("requests", random.nextBoolean())
                .put("reason", token);
        String path = "/branches/" + from + "/transfer";
        JsonNode shown = caller.ask(path + "?dryRun=true", body);
        if (shown != null) {
            shown.path("impossible")
                    .forEach(each -> body.withArray("leave")
                            .add(each.path("before").path("id").asText()));
        }
        return caller.send(new Change(token, Kind.TRANSFER, "POST", path, body, from, null));
    }

    private static String begin(LocalDate day) {
        return Draws.rfc3339(day.atStartOfDay(Draws.ZONE).toOffsetDateTime());
    }
}
