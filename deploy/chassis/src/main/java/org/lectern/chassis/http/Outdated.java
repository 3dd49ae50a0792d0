package org.lectern.chassis.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An operation that callers should leave. Every answer of it says since when ({@code Deprecation}, RFC 9745), from when
 * on it may be gone ({@code Sunset}, RFC 8594) and where to read what comes instead ({@code Link}). Add Java's
 * {@link Deprecated} beside it, so that the API description says so too.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Outdated {

    /** The day from which on it is deprecated (UTC), such as {@code 2027-01-31}. */
    String since();

    /** The first day on which it may be gone (UTC): at the earliest 180 days after the first release that says so. */
    String gone();

    /** Where the description of what comes instead stands. */
    String instead();
}
