package org.lectern.chassis.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an operation as deprecated. Every answer states the deprecation date ({@code Deprecation}, RFC 9745), the
 * removal date ({@code Sunset}, RFC 8594) and the replacement ({@code Link}). Add {@link Deprecated} as well, so that
 * the API description shows it.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Outdated {

    /** The deprecation date (UTC), such as {@code 2027-01-31}. */
    String since();

    /** The earliest removal date (UTC): at least 180 days after the first release that announces it. */
    String gone();

    /** The address of the replacement's description. */
    String instead();
}
