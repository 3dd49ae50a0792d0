package org.lectern.chassis.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the 409 of an operation. A request with the same key that is still in progress needs no mention. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Conflicts {

    /** What it conflicts with, by code; without it the common text. */
    String value() default "";
}
