package parley.acceptance.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs all tests of a class in the clients' namespace of a laboratory of their own, where {@link
 * Network#ofThisProcess()} has wires; where namespaces are not permitted, on loopback addresses.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LaboratoryExtension.class)
public @interface InLaboratory {}
