package org.lectern.scheduler.planning.search;

import java.util.Arrays;

/** What changed in a state since a mark, so that it can be undone, and which visits changed since they were saved. */
final class Journal {

    private static final int INSERTED = 0;
    private static final int REMOVED = 1;
    private static final int JOINED = 2;
    private static final int LEFT = 3;
    private static final int WIDTH = 4;

    private final State state;
    private boolean active;
    private int[] entries = new int[64 * WIDTH];
    private int size;
    private Route[] copies = new Route[16];
    private int[] kept = new int[16];
    private int keptCount;
    private final boolean[] isKept;
    private int[] absent = new int[16];
    private int absentCount;
    private Cost cost = Cost.NONE;

    Journal(State state) {
        this.state = state;
        isKept = new boolean[state.problem.shifts.length];
    }

    void begin() {
        forget();
        active = true;
        cost = state.ledger.cost();
        absentCount = state.absentCount;
        if (absent.length < absentCount) {
            absent = new int[Math.max(absentCount, absent.length * 2)];
        }
        System.arraycopy(state.absent, 0, absent, 0, absentCount);
    }

    /** Keeps the changes. Tells the routes they touched. */
    void commit(Routes touched) {
        for (int i = 0; i < keptCount; i++) {
            touched.add(kept[i]);
        }
        forget();
    }

    interface Routes {

        void add(int route);
    }

    private void forget() {
        for (int i = 0; i < keptCount; i++) {
            isKept[kept[i]] = false;
        }
        keptCount = 0;
        size = 0;
        active = false;
    }

    /** Called before a route changes. */
    void keep(Route route) {
        if (!active || isKept[route.shift]) {
            return;
        }
        if (keptCount == kept.length) {
            kept = Arrays.copyOf(kept, keptCount * 2);
            copies = Arrays.copyOf(copies, keptCount * 2);
        }
        if (copies[keptCount] == null) {
            copies[keptCount] = new Route(state.problem, route.shift);
        }
        copies[keptCount].copy(route);
        kept[keptCount++] = route.shift;
        isKept[route.shift] = true;
    }

    void inserted(int visit, int route, int place) {
        add(INSERTED, visit, route, place);
    }

    void removed(int visit, int route, int place) {
        add(REMOVED, visit, route, place);
    }

    void joined(int visit, int host) {
        add(JOINED, visit, host, 0);
    }

    void left(int visit, int host) {
        add(LEFT, visit, host, 0);
    }

    private void add(int what, int visit, int other, int place) {
        if (!active) {
            return;
        }
        if (size + WIDTH > entries.length) {
            entries = Arrays.copyOf(entries, entries.length * 2);
        }
        entries[size] = what;
        entries[size + 1] = visit;
        entries[size + 2] = other;
        entries[size + 3] = place;
        size += WIDTH;
    }

    void undo() {
        for (int i = size - WIDTH; i >= 0; i -= WIDTH) {
            int visit = entries[i + 1];
            int other = entries[i + 2];
            int place = entries[i + 3];
            switch (entries[i]) {
                case INSERTED -> state.took(visit, state.routes[other], place, -1);
                case REMOVED -> state.took(visit, state.routes[other], place, 1);
                case JOINED -> state.seated(visit, other, -1);
                case LEFT -> state.seated(visit, other, 1);
                default -> throw new IllegalStateException();
            }
        }
        for (int i = 0; i < keptCount; i++) {
            state.routes[kept[i]].copy(copies[i]);
        }
        state.absentAre(absent, absentCount);
        state.ledger.cost(cost);
        forget();
    }
}
