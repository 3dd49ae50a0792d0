package org.lectern.notification.problem;

/** Thrown while JSON is read: the value is of the right type but cannot be what it claims to be. */
final class FlawedValue extends IllegalArgumentException {

    private final String key;

    FlawedValue(String key) {
        super(key);
        this.key = key;
    }

    String key() {
        return key;
    }
}
