package org.lectern.scheduler.doctor;

/** One thing that was looked at. */
record Finding(Health health, String what, String remedy) {

    enum Health {
        WELL,
        NOTE,
        MEND
    }

    static Finding well(String what) {
        return new Finding(Health.WELL, what, "");
    }

    /** It works, but could be better. */
    static Finding note(String what) {
        return new Finding(Health.NOTE, what, "");
    }

    static Finding mend(String what, String remedy) {
        return new Finding(Health.MEND, what, remedy);
    }

    boolean isIll() {
        return health == Health.MEND;
    }

    @Override
    public String toString() {
        return health + "  " + what + (remedy.isEmpty() ? "" : "\n      -> " + remedy);
    }
}
