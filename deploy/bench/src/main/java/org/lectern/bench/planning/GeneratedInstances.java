package org.lectern.bench.planning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Vehicle routing instances in Solomon's format, made here and always the same: customers in clusters (GC), scattered
 * (GR) or both (GRC), with narrow windows (1) or with wide ones and none for every other customer (2).
 */
public final class GeneratedInstances {

    private static final int CUSTOMERS = 100;
    private static final int VEHICLES = 60;
    private static final int CAPACITY = 200;
    private static final int CLUSTERS = 8;

    /**
     * The shortest distances that any planner found in any run, with {@link Solomon}'s rounding of travel times. They
     * are not proven to be the shortest.
     */
    private static final List<String> BEST_KNOWN =
            List.of("GC1,1402.55", "GC2,1087.43", "GR1,2366.02", "GR2,1415.05", "GRC1,2004.46", "GRC2,1351.12");

    private enum Kind {
        GC,
        GR,
        GRC
    }

    private GeneratedInstances() {}

    /** Writes them and what is best known of them, for {@link PublicInstances}. */
    public static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Kind kind : Kind.values()) {
            for (boolean narrow : new boolean[] {true, false}) {
                String name = kind.name() + (narrow ? 1 : 2);
                Files.writeString(folder.resolve(name + ".txt"), instance(name, kind, narrow));
            }
        }
        Files.write(folder.resolve("best-known.csv"), BEST_KNOWN);
        return folder;
    }

    private static String instance(String name, Kind kind, boolean narrow) {
        Random random = new Random(name.hashCode());
        List<double[]> centres = new ArrayList<>();
        for (int i = 0; i < CLUSTERS; i++) {
            centres.add(new double[] {10 + random.nextInt(81), 10 + random.nextInt(81)});
        }
        int service = kind == Kind.GC ? 90 : 10;
        int horizon = kind == Kind.GC ? 1240 : 240;
        StringBuilder text = new StringBuilder(name)
                .append("\n\nVEHICLE\nNUMBER CAPACITY\n")
                .append(VEHICLES + " " + CAPACITY)
                .append("\n\nCUSTOMER\nCUST X Y DEMAND READY DUE SERVICE\n\n")
                .append(row(0, 50, 50, 0, 0, horizon, 0));
        for (int i = 1; i <= CUSTOMERS; i++) {
            int x = random.nextInt(101);
            int y = random.nextInt(101);
            if (kind == Kind.GC || (kind == Kind.GRC && i % 2 == 0)) {
                double[] centre = centres.get(random.nextInt(CLUSTERS));
                x = near(random, centre[0]);
                y = near(random, centre[1]);
            }
            int way = (int) Math.ceil(Math.hypot(x - 50, y - 50));
            int last = horizon - way - service;
            int half = narrow ? service : 4 * service;
            int centre = way + random.nextInt(Math.max(1, last - way));
            boolean open = !narrow && i % 2 == 0;
            int ready = open ? 0 : Math.max(0, centre - half);
            int due = open ? last : Math.min(last, centre + half);
            text.append(row(i, x, y, 10 * (1 + random.nextInt(4)), ready, due, service));
        }
        return text.toString();
    }

    private static int near(Random random, double centre) {
        return (int) Math.clamp(Math.round(centre + random.nextGaussian() * 4), 0, 100);
    }

    private static String row(int customer, int x, int y, int demand, int ready, int due, int service) {
        return String.format(Locale.ROOT, "%5d %5d %5d %5d %6d %6d %5d%n", customer, x, y, demand, ready, due, service);
    }
}
