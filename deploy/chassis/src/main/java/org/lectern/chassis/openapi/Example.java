package org.lectern.chassis.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An example of the body that an operation takes or, if it takes none, of the body that it answers with. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
@Repeatable(Example.List.class)
public @interface Example {

    /** Tells several examples apart. */
    String name() default "example";

    /** JSON, or the text as it is. */
    String value();

    /** Holds several examples. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.CLASS)
    @interface List {

        Example[] value();
    }
}
