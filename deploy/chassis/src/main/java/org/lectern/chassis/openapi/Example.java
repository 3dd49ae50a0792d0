package org.lectern.chassis.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An example of the request body or, if the operation takes none, of the response body. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
@Repeatable(Example.List.class)
public @interface Example {

    /** Distinguishes several examples. */
    String name() default "example";

    /** JSON, or plain text. */
    String value();

    /** Holds several examples. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.CLASS)
    @interface List {

        Example[] value();
    }
}
