package org.lectern.chassis.http;

/**
 * A view that also shows parts of other resources, such as names. They change without a new version, so the entity tag
 * of a read covers the content as well.
 */
public interface Derived {}
