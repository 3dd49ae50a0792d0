package org.lectern.chassis.startup;

/** One thing that was looked at. */
public record Finding(Health health, String what, String remedy) {

    public enum Health {
        WELL,
        NOTE,
        MEND
    }

    public static Finding well(String what) {
        return new Finding(Health.WELL, what, "");
    }

    /** It works, but could be better. */
    public static Finding note(String what) {
        return new Finding(Health.NOTE, what, "");
    }

    public static Finding mend(String what, String remedy) {
        return new Finding(Health.MEND, what, remedy);
    }

    public boolean isIll() {
        return health == Health.MEND;
    }

    @Override
    public String toString() {
        return health + "  " + what + (remedy.isEmpty() ? "" : "\n      -> " + remedy);
    }
}
