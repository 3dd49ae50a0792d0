package org.lectern.chassis.openapi;

import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.enterprise.inject.build.compatible.spi.AnnotationBuilder;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.MetaAnnotations;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;

/**
 * At build time, puts {@link LazyOpenApi} in front of the library's OpenAPI service. A library annotation binds the
 * two, because tests and dev mode load that service in another class loader.
 */
public class StartExtension implements BuildCompatibleExtension {

    static final String NAME = "x-described";
    static final String VALUE = "when-asked";

    @Discovery
    public void binding(MetaAnnotations annotations) {
        annotations.addInterceptorBinding(Extension.class);
    }

    @Enhancement(types = OpenApiDocumentService.class)
    public void describeWhenAsked(ClassConfig service) {
        service.addAnnotation(AnnotationBuilder.of(Extension.class)
                .member("name", NAME)
                .member("value", VALUE)
                .build());
    }
}
