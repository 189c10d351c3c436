package io.assent.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A type that jars of others may use: an SPI that a bank implements, or what it is handed or hands back. It keeps its
 * name, its members and their contracts until the next major version; a minor one may add to it, but nothing that an
 * implementation would have to add. Any other type of the pack may change with each version.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PublicApi {}
