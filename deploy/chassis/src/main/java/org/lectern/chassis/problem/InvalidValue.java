package org.lectern.chassis.problem;

/** Thrown while JSON is read: the value is of the right type but cannot be what it claims to be. */
public final class InvalidValue extends IllegalArgumentException {

    private final String key;

    public InvalidValue(String key) {
        super(key);
        this.key = key;
    }

    public String key() {
        return key;
    }
}
