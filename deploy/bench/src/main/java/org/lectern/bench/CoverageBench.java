package org.lectern.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.lectern.local.TestStack;

/**
 * How fast the coverage of a large campaign is answered. It passes when 95 of 100 answers about the whole campaign come
 * within 200 ms, asked one after the other.
 */
public final class CoverageBench {

    private static final int WARM_UP = 60;
    private static final int MEASURED = 200;
    private static final double LIMIT_MILLIS = 200;

    private CoverageBench() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        TestStack stack = TestStack.start();
        boolean passed;
        try (Service service = new Service(stack, root, freePort(), freePort())) {
            String url = stack.jdbcUrl("scheduler");
            Drive.load(url);
            UUID campaign = Drive.ids(url, "SELECT id FROM campaign").getFirst();
            List<UUID> counties = Drive.ids(url, "SELECT id FROM branch WHERE kind = 'county'");
            UUID topic = Drive.ids(url, "SELECT id FROM topic ORDER BY code").getFirst();
            System.out.printf(
                    Locale.ROOT,
                    "%d branches x %d topics, %d bookings%n",
                    Drive.BRANCHES,
                    Drive.TOPICS,
                    Drive.BOOKINGS);
            passed = run(service, "/campaigns/" + campaign, counties, topic);
        }
        System.exit(passed ? 0 : 1);
    }

    private static boolean run(Service service, String campaign, List<UUID> counties, UUID topic) {
        String coverage = campaign + "/coverage";
        measure(service, List.of(coverage), WARM_UP);
        measure(service, List.of(coverage + "/items", coverage + "?under=" + counties.getFirst()), WARM_UP);
        Timings one = measure(service, List.of("/topics/" + topic), MEASURED);
        Timings whole = measure(service, List.of(coverage), MEASURED);
        List<String> drilled = new ArrayList<>();
        counties.forEach(county -> drilled.add(coverage + "?under=" + county));
        Timings county = measure(service, drilled, MEASURED);
        Timings page = measure(service, List.of(coverage + "/items?limit=100"), MEASURED);
        Timings missed = measure(service, List.of(coverage + "/items?state=MISSED&limit=100"), MEASURED / 4);
        System.out.println(Timings.header());
        System.out.println(one.row("GET /topics/{id}"));
        System.out.println(whole.row("GET …/coverage"));
        System.out.println(county.row("GET …/coverage?under=COUNTY"));
        System.out.println(page.row("GET …/coverage/items"));
        System.out.println(missed.row("GET …/coverage/items?state=MISSED"));
        boolean passed = whole.percentile(95) < LIMIT_MILLIS;
        System.out.printf(
                Locale.ROOT,
                "%s: p95 of the whole campaign is %.1f ms, the limit is %.0f ms%n",
                passed ? "PASS" : "FAIL",
                whole.percentile(95),
                LIMIT_MILLIS);
        return passed;
    }

    private static Timings measure(Service service, List<String> paths, int times) {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            nanos[i] = service.get(paths.get(i % paths.size()));
        }
        return new Timings(nanos);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
