package org.lectern.notification.wording;

/** A bundle of texts that an organisation may word in its own way. */
public interface Overridable {

    /** Its name in the names of files. */
    String name();

    /** The interface that holds our own words. */
    Class<?> texts();
}
