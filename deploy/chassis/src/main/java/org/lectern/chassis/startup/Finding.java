package org.lectern.chassis.startup;

/** The result of one check. */
public record Finding(Health health, String what, String remedy) {

    public enum Health {
        OK,
        WARN,
        FIX
    }

    public static Finding ok(String what) {
        return new Finding(Health.OK, what, "");
    }

    /** The service works, but a setting could be safer. */
    public static Finding warn(String what) {
        return new Finding(Health.WARN, what, "");
    }

    public static Finding fix(String what, String remedy) {
        return new Finding(Health.FIX, what, remedy);
    }

    public boolean isFailed() {
        return health == Health.FIX;
    }

    @Override
    public String toString() {
        return health + "  " + what + (remedy.isEmpty() ? "" : "\n      -> " + remedy);
    }
}
