package org.lectern.chassis.problem;

/** Thrown while parsing JSON: the value has the right type but is invalid. */
public final class InvalidValue extends IllegalArgumentException {

    private final String key;
    private final transient Object[] arguments;

    public InvalidValue(String key, Object... arguments) {
        super(key);
        this.key = key;
        this.arguments = arguments.clone();
    }

    public String key() {
        return key;
    }

    Object[] arguments() {
        return arguments.clone();
    }
}
