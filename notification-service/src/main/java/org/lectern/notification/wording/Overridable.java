package org.lectern.notification.wording;

/** A bundle of texts that an organisation may override. */
public interface Overridable {

    /** The bundle's name in file names. */
    String name();

    /** The interface with the default texts. */
    Class<?> texts();
}
