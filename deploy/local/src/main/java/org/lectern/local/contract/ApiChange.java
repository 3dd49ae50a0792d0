package org.lectern.local.contract;

/**
 * A change that clients may notice.
 *
 * @param where the operation and the part of it
 */
record ApiChange(Severity severity, String where, String what) {

    enum Severity {
        /** A client that conforms to the earlier document can fail. */
        BREAKING,
        /** A client may need a change, or the comparison does not support the construct. */
        WARNING
    }

    @Override
    public String toString() {
        return "%-8s %s: %s".formatted(severity, where, what);
    }
}
