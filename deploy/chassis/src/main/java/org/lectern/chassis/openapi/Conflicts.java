package org.lectern.chassis.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the 409 of an operation. The 409 for a request in progress under the same key is implied. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Conflicts {

    /** The conflicting states, by problem code; empty for the shared text. */
    String value() default "";
}
