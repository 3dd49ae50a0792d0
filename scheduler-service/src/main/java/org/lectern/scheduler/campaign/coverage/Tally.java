package org.lectern.scheduler.campaign.coverage;

import org.lectern.scheduler.campaign.coverage.VisitProjection.Visits;

/** Items by state. Each item counts once, so the tallies of parts add up to the tally of the whole. */
final class Tally {

    private final int[] items = new int[CoverageState.values().length];
    private long headCount;
    private int accepted;
    private int rated;
    private int branches;
    private int branchesCovered;

    void add(CoverageState state, int count) {
        items[state.ordinal()] += count;
    }

    void addHeads(long heads) {
        headCount += heads;
    }

    /** Adds what is counted by lectures: attendees, acceptance by the lecturer, ratings by the branch. */
    void add(Visits visits) {
        addHeads(visits.heads);
        accepted += visits.accepted;
        rated += visits.rated;
    }

    /** Counts a targeted branch, and whether all its topics are covered. */
    void addBranch(boolean covered) {
        branches++;
        branchesCovered += covered ? 1 : 0;
    }

    void add(Tally other) {
        for (int i = 0; i < items.length; i++) {
            items[i] += other.items[i];
        }
        headCount += other.headCount;
        accepted += other.accepted;
        rated += other.rated;
        branches += other.branches;
        branchesCovered += other.branchesCovered;
    }

    int of(CoverageState state) {
        return items[state.ordinal()];
    }

    int all() {
        int sum = 0;
        for (int each : items) {
            sum += each;
        }
        return sum;
    }

    long headCount() {
        return headCount;
    }

    int accepted() {
        return accepted;
    }

    int rated() {
        return rated;
    }

    int branches() {
        return branches;
    }

    int branchesCovered() {
        return branchesCovered;
    }
}
