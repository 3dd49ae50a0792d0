package org.lectern.chassis.problem;

/** Thrown while parsing JSON: the value has the right type but is invalid. */
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
